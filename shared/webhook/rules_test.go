package webhook

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
)

var update = flag.Bool("update", false, "rewrite testdata")

var trailing = regexp.MustCompile(` +\n`)

// TestMoves prints the whole lifecycle and compares it with the picture that
// people agreed on. A new move is a change to testdata, reviewed as such.
func TestMoves(t *testing.T) {
	t.Parallel()
	verbs := []struct {
		name string
		do   func(*Endpoint) error
	}{
		{"pause", func(e *Endpoint) error { return e.pause(nine) }},
		{"resume", func(e *Endpoint) error { return e.resume(nine) }},
		{"disable", func(e *Endpoint) error { return e.disable("tests", nine) }},
		{"enable", func(e *Endpoint) error { return e.enable(nine) }},
		{"delete", func(e *Endpoint) error { return e.remove(nine) }},
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-10s", "")
	for _, v := range verbs {
		fmt.Fprintf(&b, "%-10s", v.name)
	}
	for _, from := range []State{Enabled, Paused, Disabled, Deleted} {
		fmt.Fprintf(&b, "\n%-10s", from)
		for _, v := range verbs {
			e := &Endpoint{State: from, Revision: 1}
			to := "."
			if err := v.do(e); err == nil {
				to = string(e.State)
				if len(e.news) != 1 || e.Revision != 2 {
					t.Errorf("%s from %s: told %d events, revision %d", v.name, from, len(e.news), e.Revision)
				}
			} else if fault.KindOf(err) != fault.Conflict || e.State != from || len(e.news) > 0 {
				t.Errorf("%s from %s: refused with %v, but left %s", v.name, from, err, e.State)
			}
			fmt.Fprintf(&b, "%-10s", to)
		}
	}
	got := trailing.ReplaceAllString(b.String()+"\n", "\n")
	if *update {
		if err := os.WriteFile("testdata/moves.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/moves.txt")
	if err != nil || got != string(want) {
		t.Errorf("got\n%swant\n%s%v", got, want, err)
	}
}

func TestRetryAfterIsReadOrIgnored(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		header string
		step   int
		want   time.Duration
		longer bool
	}{
		{"", 1, 5 * time.Second, false},
		{"0", 1, 5 * time.Second, false},
		{"4", 1, 5 * time.Second, false},
		{"5", 1, 5 * time.Second, false},
		{"7", 1, 7 * time.Second, true},
		{" 7 ", 1, 7 * time.Second, true},
		{"3600", 1, 10 * time.Second, true},
		{"99999999999999999999999999", 6, 20 * time.Hour, true},
		{"18446744073709551617", 2, 10 * time.Minute, true},
		{"9223372036854775807", 2, 10 * time.Minute, true},
		{"600", 2, 10 * time.Minute, true},
		{nine.Add(6 * time.Minute).Format(http.TimeFormat), 2, 6 * time.Minute, true},
		{nine.Add(6 * time.Minute).Format(time.RFC850), 2, 6 * time.Minute, true},
		{nine.Add(6 * time.Minute).Format(time.ANSIC), 2, 6 * time.Minute, true},
		{nine.Add(-time.Hour).Format(http.TimeFormat), 2, 5 * time.Minute, false},
		{nine.Add(8760 * time.Hour).Format(http.TimeFormat), 2, 10 * time.Minute, true},
		{"-600", 2, 5 * time.Minute, false},
		{"+600", 2, 5 * time.Minute, false},
		{"6e2", 2, 5 * time.Minute, false},
		{"600.5", 2, 5 * time.Minute, false},
		{"600, 700", 2, 5 * time.Minute, false},
		{"0x258", 2, 5 * time.Minute, false},
		{"soon", 2, 5 * time.Minute, false},
		{"٦٠٠", 2, 5 * time.Minute, false},
		{strings.Repeat("9", 100_000), 2, 10 * time.Minute, true},
	} {
		got, longer, ok := wait(tt.step, tt.header, nine)
		if got != tt.want || longer != tt.longer || !ok {
			t.Errorf("Retry-After %.40q at step %d: got %s %v %v, want %s %v", tt.header, tt.step, got, longer, ok, tt.want, tt.longer)
		}
	}
	if _, _, ok := wait(7, "600", nine); ok {
		t.Error("the last attempt is followed by another")
	}
}

func FuzzRetryAfterNeverShortensAStep(f *testing.F) {
	for _, s := range []string{"", "7", "-1", "Sun, 01 Mar 2026 09:06:00 GMT", "99999999999999999999"} {
		f.Add(s, 2)
	}
	f.Fuzz(func(t *testing.T, header string, step int) {
		d, longer, ok := wait(step, header, nine)
		if !ok {
			return
		}
		if plan := Plan[step-1]; d < plan || d > 2*plan || d%time.Second != 0 || longer != (d > plan) {
			t.Errorf("%q at step %d: %s", header, step, d)
		}
	})
}

func TestPatternsMatch(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		patterns, types string
		want            bool
	}{
		{"*", "asset.created custom.a.b webhook_endpoint.failing", true},
		{"asset.*", "asset.created asset.booking_enabled", true},
		{"asset.*", "category.created assets.created asset", false},
		{"asset.created", "asset.created", true},
		{"asset.created", "asset.created_twice asset.updated asset", false},
		{"category.* asset.updated", "category.deleted asset.updated", true},
		{"custom.*", "custom.a custom.a.b", true},
		{"custom.a.*", "custom.a.b", true},
		{"custom.a.*", "custom.ab custom.b.a", false},
	} {
		f := newFilter(strings.Fields(tt.patterns))
		for _, typ := range strings.Fields(tt.types) {
			if got := f.Matches(typ); got != tt.want {
				t.Errorf("%s on %s: got %v", tt.patterns, typ, got)
			}
		}
	}
}

func TestTroublesAreNotSentToTheEndpointTheyAreAbout(t *testing.T) {
	t.Parallel()
	e := &Endpoint{ID: "whe_1", Workspace: "wsp_1", filter: newFilter([]string{"*"})}
	for _, l := range events.Catalogue() {
		about := e.Wants(l.Type, aboutPK("wsp_1", "whe_1"))
		if want := !slices.Contains([]string{"webhook_endpoint.disabled", "webhook_endpoint.failing", "webhook_endpoint.recovered"}, l.Type); about != want {
			t.Errorf("%s about itself: got %v, want %v", l.Type, about, want)
		}
		if !e.Wants(l.Type, aboutPK("wsp_1", "whe_2")) {
			t.Errorf("%s about another is not sent", l.Type)
		}
	}
}

func TestSecretsOverlapAndEnd(t *testing.T) {
	t.Parallel()
	secret := func(name string) Secret { return Secret{Key: name, Created: nine} }
	names := func(k Keyring, at time.Time) (s string) {
		for _, one := range k.Live(at) {
			s += one.Key
		}
		return s
	}
	k := Keyring{Secrets: []Secret{secret("a")}}
	for _, tt := range []struct {
		fresh   string
		overlap time.Duration
		at      time.Duration
		want    string // live at once
	}{
		{"b", 24 * time.Hour, 0, "ba"},
		{"c", time.Hour, time.Minute, "cba"}, // a ends with b now
		{"d", 24 * time.Hour, 2 * time.Hour, "dc"},
		{"e", 0, 3 * time.Hour, "e"},
		{"f", 7 * 24 * time.Hour, 4 * time.Hour, "fe"},
	} {
		if err := k.rotate(secret(tt.fresh), tt.overlap, nine.Add(tt.at)); err != nil {
			t.Fatal(err)
		}
		if got := names(k, nine.Add(tt.at)); got != tt.want {
			t.Errorf("after %s: got %s, want %s", tt.fresh, got, tt.want)
		}
	}
	if got := names(k, nine.Add(8*24*time.Hour)); got != "f" {
		t.Errorf("after the overlap: got %s, want f", got)
	}
	for _, overlap := range []time.Duration{-1, MaxOverlap + 1} {
		if err := k.rotate(secret("x"), overlap, nine); fault.CodeOf(err) != "webhook.overlap" {
			t.Errorf("an overlap of %s: %v", overlap, err)
		}
	}
}
