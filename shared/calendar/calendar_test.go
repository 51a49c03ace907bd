package calendar

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/fault"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func day(n int) time.Time { return noon.AddDate(0, 0, n) }

// hold is n's from day from until day until; no day 99 is infinity.
func hold(id string, kind Kind, from, until int) Hold {
	h := Hold{ID: id, Kind: kind, From: day(from)}
	if until != 99 {
		h.Until = day(until)
	}
	return h
}

func TestWhatIsHeldIsNotHeldAgain(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		was, is Hold
		at      int
		taken   bool
	}{
		"side by side":                  {hold("a", Booking, 1, 3), hold("b", Booking, 3, 5), 0, false},
		"before":                        {hold("a", Booking, 3, 5), hold("b", Booking, 1, 3), 0, false},
		"one instant":                   {hold("a", Booking, 1, 3), Hold{ID: "b", Kind: Booking, From: day(3).Add(-1), Until: day(5)}, 0, true},
		"within":                        {hold("a", Booking, 1, 9), hold("b", Maintenance, 3, 5), 0, true},
		"around":                        {hold("a", Maintenance, 3, 5), hold("b", Booking, 1, 9), 0, true},
		"after one without end":         {hold("a", Booking, 1, 99), hold("b", Booking, 30, 31), 0, true},
		"without end over a later one":  {hold("a", Booking, 30, 31), hold("b", Booking, 1, 99), 0, true},
		"before one without end":        {hold("a", Booking, 30, 99), hold("b", Booking, 1, 30), 0, false},
		"its own time again":            {hold("a", Booking, 1, 3), hold("a", Booking, 2, 4), 0, false},
		"after one that runs late":      {with(hold("a", Booking, 1, 3), func(h *Hold) { h.Running = true }), hold("b", Booking, 5, 6), 4, true},
		"after one that still has time": {with(hold("a", Booking, 1, 3), func(h *Hold) { h.Running = true }), hold("b", Booking, 5, 6), 2, false},
		"within its notice":             {hold("a", Booking, 1, 3), with(hold("b", Booking, 3, 5), func(h *Hold) { h.Notice = time.Hour }), 0, true},
		"within the next one's notice":  {with(hold("a", Booking, 3, 5), func(h *Hold) { h.Notice = time.Hour }), hold("b", Booking, 1, 3), 0, true},
		"notice after maintenance":      {hold("a", Maintenance, 1, 3), with(hold("b", Booking, 3, 5), func(h *Hold) { h.Notice = time.Hour }), 0, false},
		"agreed":                        {hold("a", Booking, 1, 9), with(hold("b", Maintenance, 3, 5), func(h *Hold) { h.Over = []string{"a"} }), 0, false},
		"agreed to another":             {hold("a", Booking, 1, 9), with(hold("b", Maintenance, 3, 5), func(h *Hold) { h.Over = []string{"c"} }), 0, true},
	} {
		c := &Calendar{}
		if err := c.Hold(tt.was, day(0)); err != nil {
			t.Fatal(err)
		}
		err := c.Hold(tt.is, day(tt.at))
		taken, is := errors.AsType[*Taken](err)
		if is != tt.taken || err != nil && !is {
			t.Errorf("%s: got %v, want it taken: %v", name, err, tt.taken)
		}
		if is && (taken.By[0].ID != "a" || fault.KindOf(err) != fault.Conflict || len(c.Holds) != 1) {
			t.Errorf("%s: taken by %v", name, taken.By)
		}
	}
}

func with(h Hold, f func(*Hold)) Hold { f(&h); return h }

func TestWhatCannotBeHeldIsRefused(t *testing.T) {
	t.Parallel()
	for code, h := range map[string]Hold{
		"calendar.hold":      {Kind: Booking, From: day(1)},
		"calendar.starts_at": {ID: "a", Kind: Booking},
		"calendar.ends_at":   {ID: "a", Kind: Booking, From: day(1), Until: day(1)},
		"calendar.forgotten": {ID: "a", Kind: Booking, From: day(-9)},
	} {
		c := &Calendar{Since: day(-8)}
		if err := c.Hold(h, day(0)); fault.CodeOf(err) != code || len(c.Holds) != 0 {
			t.Errorf("%+v: got %v, want %s", h, err, code)
		}
	}
}

func TestWhatIsReleasedIsFree(t *testing.T) {
	t.Parallel()
	running := func(h *Hold) { h.Running = true }
	for name, tt := range map[string]struct {
		h    Hold
		at   int
		want string // what is left: from and until in days
	}{
		"before it begins":       {hold("a", Maintenance, 2, 5), 1, ""},
		"as it begins":           {hold("a", Maintenance, 2, 5), 2, ""},
		"early":                  {hold("a", Maintenance, 2, 5), 3, "2-3"},
		"one without end":        {hold("a", Maintenance, 2, 99), 3, "2-3"},
		"in time":                {with(hold("a", Booking, 2, 5), running), 5, "2-5"},
		"late":                   {with(hold("a", Booking, 2, 5), running), 6, "2-6"},
		"later than the next":    {with(hold("a", Booking, 2, 5), running), 9, "2-7"},
		"what was over long ago": {hold("a", Booking, 2, 5), 9, "2-5"},
	} {
		c := &Calendar{}
		for _, h := range []Hold{tt.h, hold("next", Booking, 7, 8)} {
			if err := c.Hold(with(h, func(h *Hold) { h.Over = []string{"a"} }), day(0)); err != nil {
				t.Fatal(err)
			}
		}
		c.Release("a", day(tt.at))
		got := ""
		for _, h := range c.Holds {
			if h.ID == "a" {
				got = fmt.Sprintf("%d-%d", int(h.From.Sub(noon).Hours())/24, int(h.Until.Sub(noon).Hours())/24)
			}
		}
		if got != tt.want {
			t.Errorf("%s: left %q, want %q", name, got, tt.want)
		}
	}
}

func TestStatusIsWhatTheCalendarSays(t *testing.T) {
	t.Parallel()
	running := func(h *Hold) { h.Running = true }
	for name, tt := range map[string]struct {
		holds []Hold
		want  Status
	}{
		"nothing":                         {nil, Free},
		"a booking far ahead":             {[]Hold{hold("a", Booking, 3, 5)}, Free},
		"a booking soon":                  {[]Hold{hold("a", Booking, 2, 5)}, Reserved},
		"a booking nobody came for":       {[]Hold{hold("a", Booking, -1, 5)}, Reserved},
		"a booking that was":              {[]Hold{hold("a", Booking, -3, -1)}, Free},
		"on a booking":                    {[]Hold{with(hold("a", Booking, -1, 5), running)}, OnBooking},
		"on a booking without end":        {[]Hold{with(hold("a", Booking, -1, 99), running)}, OnBooking},
		"due this instant":                {[]Hold{with(hold("a", Booking, -1, 0), running)}, OverdueReturn},
		"late":                            {[]Hold{with(hold("a", Booking, -3, -1), running)}, OverdueReturn},
		"in the workshop":                 {[]Hold{hold("a", Maintenance, 0, 1)}, InMaintenance},
		"in the workshop for good":        {[]Hold{hold("a", Maintenance, -9, 99)}, InMaintenance},
		"still in the workshop":           {[]Hold{with(hold("a", Maintenance, -3, -1), running)}, InMaintenance},
		"out of the workshop":             {[]Hold{hold("a", Maintenance, -3, 0)}, Free},
		"a workshop soon":                 {[]Hold{hold("a", Maintenance, 1, 2)}, Free},
		"in the workshop, a booking soon": {[]Hold{hold("a", Maintenance, -1, 1), hold("b", Booking, 1, 2)}, InMaintenance},
	} {
		c := &Calendar{Holds: tt.holds}
		if got := c.Status(day(0)); got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}

func TestOnlyOldHoldsAreForgotten(t *testing.T) {
	t.Parallel()
	c := &Calendar{}
	for i := range Most + 200 {
		h := hold(fmt.Sprint("h", i), Booking, i-900, i-899)
		if err := c.Hold(h, day(i-900)); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
	}
	if n := len(c.Holds); n > Most || n < 62 {
		t.Errorf("%d holds are kept", n)
	}
	if c.Since.IsZero() || c.Holds[0].From.Before(c.Since) {
		t.Errorf("it reaches back to %s and has one from %s", c.Since, c.Holds[0].From)
	}
	full := &Calendar{}
	var err error
	for i := 0; i < Most+1 && err == nil; i++ {
		err = full.Hold(hold(fmt.Sprint("h", i), Booking, 1000+i, 1001+i), day(0))
	}
	if fault.CodeOf(err) != "calendar.full" {
		t.Errorf("more than fits: %v", err)
	}
}

// TestNoTwoHoldsOverlap: whatever is asked, in whatever order.
func TestNoTwoHoldsOverlap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, at, n := &Calendar{}, 0, func(label string, low, high int) int { return rapid.IntRange(low, high).Draw(t, label) }
		for range n("steps", 1, 40) {
			at += n("later", 0, 6)
			id := string(rune('a' + n("id", 0, 7)))
			if n("verb", 0, 3) == 0 {
				c.Release(id, day(at))
			} else {
				h := hold(id, []Kind{Booking, Maintenance}[n("kind", 0, 1)], at+n("from", -20, 20), 99)
				if length := n("length", 0, 12); length > 0 {
					h.Until = h.From.AddDate(0, 0, length)
				}
				h.Running = !h.From.After(day(at)) && n("running", 0, 1) == 1
				h.Notice = time.Duration(n("notice", 0, 2)) * 24 * time.Hour
				if n("agree", 0, 3) == 0 {
					h.Over = []string{string(rune('a' + n("over", 0, 7)))}
				}
				before := fmt.Sprint(c.Holds)
				if err := c.Hold(h, day(at)); err != nil && fmt.Sprint(c.Holds) != before {
					t.Fatalf("it was refused (%v) and has changed", err)
				}
			}
			apart(t, c)
		}
	})
}

func apart(t *rapid.T, c *Calendar) {
	for i, a := range c.Holds {
		for _, b := range c.Holds[i+1:] {
			if a.ID == b.ID {
				t.Fatalf("%s is there twice", a.ID)
			}
			if b.From.Before(a.From) {
				t.Fatalf("%v is behind %v", b, a)
			}
			if a.Meets(b.From, b.Until) && !slices.Contains(a.Over, b.ID) && !slices.Contains(b.Over, a.ID) {
				t.Fatalf("%v and %v overlap, and nobody agreed", a, b)
			}
		}
	}
}

func TestAConflictNamesWhatHasTheAsset(t *testing.T) {
	t.Parallel()
	c := &Calendar{Holds: []Hold{with(hold("bkg_1", Booking, 1, 3), func(h *Hold) { h.Title = "BK000012 Lena" }), hold("mtw_1", Maintenance, 3, 99)}}
	err := c.Hold(hold("mtw_2", Maintenance, 2, 5), day(0))
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || len(f.Fields) != 2 || f.Fields[0].Name != "acknowledge" {
		t.Fatalf("got %v", err)
	}
	if got := f.Fields[0].Reason; got != "bkg_1 BK000012 Lena: booking from 2026-03-02T12:00:00Z until 2026-03-04T12:00:00Z" {
		t.Errorf("got %s", got)
	}
	if got := f.Fields[1].Reason; !strings.HasPrefix(got, "mtw_1: maintenance") || !strings.HasSuffix(got, "with no end") {
		t.Errorf("got %s", got)
	}
}
