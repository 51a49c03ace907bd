package egress

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// public is an address that classify lets pass. Tests stop there: what a guarded
// client would connect to, it only counts.
const public = "93.184.215.14"

// guarded makes a client as in production, except that names resolve as the
// test says and that it gives up soon.
func guarded(t *testing.T, answers ...string) *Client {
	n := atomic.Int64{}
	c := New(Options{Deadline: short, Lookup: func(context.Context, string) ([]netip.Addr, error) {
		now := answers[min(int(n.Add(1)), len(answers))-1]
		if now == "" {
			return nil, &net.DNSError{Err: "no such host", IsNotFound: true}
		}
		var addrs []netip.Addr
		for a := range strings.SplitSeq(now, " ") {
			addrs = append(addrs, netip.MustParseAddr(a))
		}
		return addrs, nil
	}})
	check := c.guard.net.ControlContext
	c.guard.net.ControlContext = func(ctx context.Context, network, address string, raw syscall.RawConn) error {
		if err := check(ctx, network, address, raw); err != nil {
			return err
		}
		return errors.New("connecting to " + address)
	}
	t.Cleanup(c.Close)
	return c
}

// TestNoNameLeadsInside lets names resolve to this machine in every way that
// name servers have, with a receiver waiting here that nobody may reach.
func TestNoNameLeadsInside(t *testing.T) {
	r := listen(t, answer(headers(0, "")))
	for _, tt := range []struct {
		name    string
		answers string
	}{
		{"loopback", "127.0.0.1"},
		{"loopback, IPv6", "::1"},
		{"loopback in IPv6 clothes", "::ffff:127.0.0.1"},
		{"unspecified, which connects to this machine", "0.0.0.0"},
		{"unspecified, IPv6", "::"},
		{"private beside public", public + " 127.0.0.1"},
		{"public beside private", "127.0.0.1 " + public},
		{"NAT64 of loopback", "64:ff9b::7f00:1"},
		{"6to4 of loopback", "2002:7f00:1::1"},
		{"metadata", "169.254.169.254"},
		{"a zone", "fe80::1%lo"},
	} {
		for _, scheme := range []string{"http", "https"} {
			got := post(t, guarded(t, tt.answers), r.url(scheme, host))
			if got.Class != Unreachable || got.Status != 0 || got.Body != nil || got.Header != nil {
				t.Errorf("%s, %s: got %+v", tt.name, scheme, got)
			}
		}
	}
	if n := r.accepted.Load(); n != 0 {
		t.Errorf("the receiver inside was reached %d times", n)
	}
}

// TestNoRefusedURLIsEverDialled posts to every form that may not be stored, as
// if it had slipped in.
func TestNoRefusedURLIsEverDialled(t *testing.T) {
	for _, line := range corpus(t, "urls.txt") {
		want, raw, _ := strings.Cut(line, " ")
		raw = strings.TrimLeft(raw, " ")
		c := guarded(t, "127.0.0.1")
		dialled := false
		check := c.guard.net.ControlContext
		c.guard.net.ControlContext = func(ctx context.Context, network, address string, raw syscall.RawConn) error {
			err := check(ctx, network, address, raw)
			dialled = dialled || err == nil
			return errors.Join(err, errRefused)
		}
		got := post(t, c, raw)
		if want == "no" && (dialled || got.Class != Blocked && got.Class != Unreachable) {
			t.Errorf("%q: dialled %t, %s", raw, dialled, got.Class)
		}
	}
}

// TestTheAddressCheckedIsTheAddressDialled: a name that was public when it was
// asked about is private when it is dialled.
func TestTheAddressCheckedIsTheAddressDialled(t *testing.T) {
	r := listen(t, answer(headers(0, "")))
	if err := CheckURL(r.url("https", host), true); err != nil {
		t.Fatal(err)
	}
	c := guarded(t, public, "127.0.0.1")
	if got := post(t, c, r.url("http", host)); got.Class == Unreachable {
		t.Error("before the rebinding: the public address is refused")
	}
	if got := post(t, c, r.url("http", host)); got.Class != Unreachable {
		t.Errorf("after the rebinding: got %s", got.Class)
	}
	d := &dialer{}
	d.net.ControlContext = d.control
	ctx, cancel := context.WithTimeout(t.Context(), short)
	defer cancel()
	port := r.Addr().(*net.TCPAddr).AddrPort().Port()
	if _, err := d.first(ctx, []netip.Addr{netip.MustParseAddr("127.0.0.1")}, port); !errors.Is(err, errRefused) {
		t.Errorf("past the first check: got %v", err)
	}
	if n := r.accepted.Load(); n != 0 {
		t.Errorf("the receiver inside was reached %d times", n)
	}
}

// TestRefusedTargetsLookAlike: listening, closed and filtered ports of private
// addresses give one answer, and it is the one that an unreachable host gives.
func TestRefusedTargetsLookAlike(t *testing.T) {
	r := listen(t, answer(headers(0, "")))
	closed := listen(t, nil)
	closed.Close()
	c := guarded(t, "10.255.255.1")
	want := c.fail(Result{}, errUnreachable, time.Now())
	for _, url := range []string{
		r.url("http", "127.0.0.1"), closed.url("http", "127.0.0.1"), r.url("http", "localhost"), "http://10.255.255.1/", "http://[::1]/",
		"https://169.254.169.254/latest/meta-data/", "http://" + host + "/", "https://" + host + "/", "http://printer.local/",
	} {
		got := post(t, c, url)
		if got.Class != want.Class || got.Reason != want.Reason || got.Took != want.Took || got.Status != 0 {
			t.Errorf("%s: got %s %q %s, want %s %q %s", url, got.Class, got.Reason, got.Took, want.Class, want.Reason, want.Took)
		}
	}
}

func TestConnectionFailuresHaveClasses(t *testing.T) {
	closed := listen(t, nil)
	closed.Close()
	if got := post(t, client(t, nil), closed.url("http", host)); got.Class != Refused {
		t.Errorf("a closed port: got %s", got.Class)
	}
	if got := post(t, guarded(t, ""), "https://nowhere.example/"); got.Class != DNSError {
		t.Errorf("no such name: got %s", got.Class)
	}
	if got := post(t, guarded(t, public), "https://"+host+":22/"); got.Class != Blocked || !strings.Contains(got.Reason, "port") {
		t.Errorf("a port that is not allowed: got %s %q", got.Class, got.Reason)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r := listen(t, then(func(r *receiver, c net.Conn) { cancel(); r.hang(c) }))
	if got := client(t, nil).Post(ctx, r.url("http", host), nil, nil, time.Now); got.Class != Interrupted {
		t.Errorf("stopped by us: got %s", got.Class)
	}
	ctx, cancel = context.WithTimeout(t.Context(), short/10)
	defer cancel()
	hanging := listen(t, then(func(r *receiver, c net.Conn) { r.hang(c) }))
	if got := client(t, nil).Post(ctx, hanging.url("http", host), nil, nil, time.Now); got.Class != Interrupted {
		t.Errorf("the caller's own deadline: got %s", got.Class)
	}
	bad := http.Header{"X-A": {"a\nb"}}
	if got := client(t, nil).Post(t.Context(), r.url("http", host), bad, nil, time.Now); got.Class != Blocked {
		t.Errorf("a header that cannot be sent: got %s", got.Class)
	}
}

func TestNoProxyOfTheEnvironmentIsUsed(t *testing.T) {
	proxy := listen(t, answer(headers(0, "")))
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"} {
		t.Setenv(name, proxy.url("http", "127.0.0.1"))
	}
	r := listen(t, answer(headers(0, "")))
	if got := post(t, client(t, nil), r.url("http", host)); !got.Success() || proxy.accepted.Load() != 0 {
		t.Errorf("got %s, %d connections to the proxy", got.Class, proxy.accepted.Load())
	}
}

// TestOwnInboxesAreDialledAtOurListener: neither the name server nor TLS has a
// say, and nothing but an inbox gets there.
func TestOwnInboxesAreDialledAtOurListener(t *testing.T) {
	var seen atomic.Pointer[http.Request]
	r := listenHTTP(t, func(w http.ResponseWriter, q *http.Request) { seen.Store(q) })
	c := New(Options{Deadline: short, Own: "https://motorpool.example", OwnAddr: r.Addr().String(), Lookup: func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
	}})
	t.Cleanup(c.Close)
	got := post(t, c, "https://motorpool.example/inbox/abc")
	if q := seen.Swap(nil); !got.Success() || q == nil || q.Host != "motorpool.example" || q.URL.Path != "/inbox/abc" {
		t.Errorf("got %s, and the listener saw %v", got.Class, q)
	}
	for _, url := range []string{
		"https://motorpool.example/v1/api-keys", "https://motorpool.example/inbox/../v1/api-keys", "https://motorpool.example/inbox/a%2f..%2fb",
		"http://motorpool.example/inbox/abc", "https://motorpool.example:8443/inbox/abc", r.url("http", "127.0.0.1"), "https://other.example/inbox/abc",
	} {
		if got := post(t, c, url); got.Success() || seen.Load() != nil {
			t.Errorf("%s reached our listener: %+v", url, got)
		}
	}
}
