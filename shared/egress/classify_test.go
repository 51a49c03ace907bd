package egress

import (
	"bufio"
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"motorpool/shared/fault"
)

// corpus reads the lines of a testdata file, without comments.
func corpus(t testing.TB, name string) (lines []string) {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if line := s.Text(); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestEveryAddressFormIsClassified(t *testing.T) {
	lines := corpus(t, "addresses.txt")
	if len(lines) < 100 {
		t.Fatalf("the corpus has %d forms; 100 are promised", len(lines))
	}
	d := &dialer{}
	for _, line := range lines {
		f := strings.Fields(line)
		a, err := netip.ParseAddr(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if got := classify(a); got != Verdict(f[1]) {
			t.Errorf("%s: got %s, want %s", a, got, f[1])
		}
		// The check at dial time says the same of the address that the kernel gets.
		network := map[bool]string{true: "tcp4", false: "tcp6"}[a.Is4()]
		err = d.control(t.Context(), network, net.JoinHostPort(f[0], "443"), nil)
		if (err == nil) != (f[1] == string(Global)) {
			t.Errorf("%s: the dial check says %v", a, err)
		}
	}
}

// TestWhatPassesIsGlobalUnicast draws addresses, most of them close to the edges
// of what is refused, and asks the standard library about those that pass.
func TestWhatPassesIsGlobalUnicast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "bytes")
		if near := rapid.IntRange(-1, len(kinds)-1).Draw(t, "near"); near >= 0 {
			copy(b, kinds[near].prefix.Addr().AsSlice())
			b[rapid.IntRange(0, 15).Draw(t, "which")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		}
		a, _ := netip.AddrFromSlice(b[:map[bool]int{true: 4, false: 16}[rapid.Bool().Draw(t, "v4")]])
		if classify(a) != Global {
			return
		}
		if !a.IsGlobalUnicast() || a.IsPrivate() || a.Is4In6() || guardian.SafeAddr(a) != nil {
			t.Errorf("%s passes", a)
		}
		for _, k := range kinds {
			if k.prefix.Contains(a) {
				t.Errorf("%s passes and is %s", a, k.kind)
			}
		}
	})
}

func TestTheDialCheckTakesOnlyWebPortsAndTCP(t *testing.T) {
	d := &dialer{}
	for _, tt := range []struct {
		network, address string
		ok               bool
	}{
		{"tcp4", "8.8.8.8:80", true},
		{"tcp4", "8.8.8.8:443", true},
		{"tcp4", "8.8.8.8:1024", true},
		{"tcp6", "[2606:4700:4700::1111]:65535", true},
		{"tcp4", "8.8.8.8:22", false},
		{"tcp4", "8.8.8.8:1023", false},
		{"tcp4", "8.8.8.8:0", false},
		{"udp4", "8.8.8.8:443", false},
		{"unix", "/run/docker.sock", false},
		{"tcp4", "example.com:443", false},
		{"tcp4", "8.8.8.8", false},
		{"tcp", "8.8.8.8:443", false},
	} {
		if err := d.control(t.Context(), tt.network, tt.address, nil); (err == nil) != tt.ok {
			t.Errorf("%s %s: got %v", tt.network, tt.address, err)
		}
	}
}

func TestEveryURLFormIsJudged(t *testing.T) {
	for _, line := range corpus(t, "urls.txt") {
		want, raw, _ := strings.Cut(line, " ")
		raw = strings.TrimLeft(raw, " ")
		for _, live := range []bool{true, false} {
			err := CheckURL(raw, live)
			if ok := want == "ok" || want == "test" && !live; (err == nil) != ok {
				t.Errorf("%q, live %t: got %v, want ok %t", raw, live, err, ok)
			}
			if err != nil && fault.CodeOf(err) != "webhook.url" {
				t.Errorf("%q: got code %s", raw, fault.CodeOf(err))
			}
		}
	}
	for _, raw := range []string{"", " https://example.com", "https://example.com/\n", "https://example.com/\x7f", "https://example.com/" + strings.Repeat("a", MaxURL)} {
		if CheckURL(raw, false) == nil {
			t.Errorf("%q passes", raw)
		}
	}
}

func TestOwnInboxesAreExactlyThat(t *testing.T) {
	c := New(Options{Own: "http://127.0.0.1:8080", OwnAddr: "127.0.0.1:8080"})
	for raw, want := range map[string]bool{
		"http://127.0.0.1:8080/inbox/abc123":            true,
		"http://127.0.0.1:8080/inbox/abc123?x=1":        true,
		"http://127.0.0.1:8080/inbox/":                  false,
		"http://127.0.0.1:8080/inbox":                   false,
		"http://127.0.0.1:8080/inbox/../test/clock":     false,
		"http://127.0.0.1:8080/inbox/%2e%2e/clock":      false,
		"http://127.0.0.1:8080/inbox/..":                false,
		"http://127.0.0.1:8080/inbox/a/b":               false,
		"http://127.0.0.1:8080/inbox/a%2fb":             false,
		"http://127.0.0.1:8080/inbox//a":                false,
		"http://127.0.0.1:8080//inbox/a":                false,
		"http://127.0.0.1:8080/./inbox/a":               false,
		"http://127.0.0.1:8080/v1/api-keys":             false,
		"http://127.0.0.1:8081/inbox/a":                 false,
		"https://127.0.0.1:8080/inbox/a":                false,
		"http://127.0.0.2:8080/inbox/a":                 false,
		"http://localhost:8080/inbox/a":                 false,
		"http://user@127.0.0.1:8080/inbox/a":            false,
		"http://127.0.0.1:8080/inbox/a#b":               false,
		"http://127.0.0.1:8080@169.254.169.254/inbox/a": false,
	} {
		if err := c.CheckURL(raw, true); (err == nil) != want {
			t.Errorf("%s: got %v, want ok %t", raw, err, want)
		}
	}
	if New(Options{Own: "http://127.0.0.1:8080"}).CheckURL("http://127.0.0.1:8080/inbox/a", false) == nil {
		t.Error("without an address of our own there is an exception")
	}
}

func FuzzCheckURL(f *testing.F) {
	for _, line := range corpus(f, "urls.txt") {
		_, raw, _ := strings.Cut(line, " ")
		f.Add(strings.TrimLeft(raw, " "))
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := parse(raw)
		if err != nil || CheckURL(raw, true) != nil {
			return
		}
		host := u.Hostname()
		if a, err := netip.ParseAddr(host); err == nil && classify(a) != Global {
			t.Errorf("%q passes with a host that is %s", raw, classify(a))
		}
		if strings.ContainsFunc(host, func(r rune) bool { return r > 0x7f || r == '%' || r == '@' }) || u.Scheme != "https" || u.User != nil {
			t.Errorf("%q passes with host %q", raw, host)
		}
	})
}
