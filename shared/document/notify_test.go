package document

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/shared/outbox"
	queueembed "motorpool/shared/queue/embed"
	"motorpool/shared/table"
)

// hour lets the tick run, and does the jobs that it orders.
func (o *office) hour() {
	o.t.Helper()
	ctx := o.t.Context()
	if err := o.Tick(ctx, "w", o.at); err != nil {
		o.t.Fatal(err)
	}
	for {
		bodies, err := queueembed.Waiting(ctx, o.d, "jobs")
		if err != nil {
			o.t.Fatal(err)
		}
		if len(bodies) == 0 {
			return
		}
		if err := queueembed.Discard(ctx, o.d, "jobs", func(json.RawMessage) bool { return true }); err != nil {
			o.t.Fatal(err)
		}
		for _, b := range append(bodies, bodies...) { // a queue may hand out twice
			if err := o.RunJob(ctx, b, o.at); err != nil {
				o.t.Fatal(err)
			}
		}
	}
}

func (o *office) types() (all []string) {
	o.t.Helper()
	page, _, err := o.Events.List(o.t.Context(), "w", outbox.Filter{}, "", 200, o.at)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, e := range page {
		all = append(all, e.Type)
	}
	slices.Reverse(all)
	return all
}

// TestMonthsOfExpiries lives from March to August, hour by hour, with an outage
// of ten days in June.
func TestMonthsOfExpiries(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.verified(jordan, "licence", "2026-05-31")
	o.verified(jordan, "passport", "2026-05-31")
	o.verified(jordan, "visa", "2026-07-10")
	o.verified(camry, "registration", "2026-06-20")
	var got []string
	for end := time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC); o.at.Before(end); o.at = o.at.Add(time.Hour) {
		if down := o.at.Month() == time.June && o.at.Day() >= 8 && o.at.Day() < 18; down {
			continue
		}
		before := len(o.letters())
		o.hour()
		for _, l := range o.letters()[before:] {
			got = append(got, o.at.In(must(o.Zone(t.Context(), "w"))(t)).Format("01-02T15")+" "+said(l))
		}
	}
	want := []string{
		"05-01T07 jordan: licence 30, passport 30, link", "05-01T07 mia: licence 30, passport 30", "05-01T07 ann: licence 30, passport 30",
		"05-21T07 mia: registration 30", "05-21T07 ann: registration 30",
		"05-24T07 jordan: licence 7, passport 7, link", "05-24T07 mia: licence 7, passport 7", "05-24T07 ann: licence 7, passport 7",
		"05-31T07 jordan: licence 0, passport 0, link", "05-31T07 mia: licence 0, passport 0", "05-31T07 ann: licence 0, passport 0",
		"06-18T10 jordan: visa 22, link", "06-18T10 mia: registration 2, visa 22", "06-18T10 ann: registration 2, visa 22",
		"06-20T07 mia: registration 0", "06-20T07 ann: registration 0",
		"07-03T07 jordan: visa 7, link", "07-03T07 mia: visa 7", "07-03T07 ann: visa 7",
		"07-10T07 jordan: visa 0, link", "07-10T07 mia: visa 0", "07-10T07 ann: visa 0",
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	over := slices.DeleteFunc(o.types(), func(typ string) bool { return typ != "document.expired" })
	if len(over) != 4 {
		t.Errorf("told of %d that are over, want 4", len(over))
	}
}

func said(l Letter) string {
	name, _, _ := strings.Cut(l.To.Email, "@")
	var lines []string
	for _, x := range l.Lines {
		lines = append(lines, fmt.Sprintf("%s %d", x.Type, x.Days))
	}
	slices.Sort(lines)
	if l.Pass.URL != "" {
		lines = append(lines, "link")
	}
	return name + ": " + strings.Join(lines, ", ")
}

// rental says whether anybody has a live booking.
type rental bool

func (r rental) Live(context.Context, string, Owner) (bool, error) { return bool(r), nil }

func TestWhoHasNoBookingIsLeftAlone(t *testing.T) {
	t.Parallel()
	for live, want := range map[bool]int{true: 3, false: 0} {
		o := newOffice(t)
		o.Bookings = rental(live)
		o.verified(jordan, "licence", "2026-03-20")
		o.at = time.Date(2026, 3, 13, 0, 0, 0, 0, time.UTC)
		o.hour()
		if n := len(o.letters()); n != want {
			t.Errorf("with a live booking: %v: %d letters, want %d", live, n, want)
		}
		must(o.Set(t.Context(), mia, func(s *Said) error { s.LiveOnly = false; return nil }, 0, o.at))(t)
		o.at = o.at.AddDate(0, 0, 7)
		if o.hour(); len(o.letters()) != want+3 {
			t.Errorf("told regardless of bookings: %d letters, want %d", len(o.letters()), want+3)
		}
	}
}

// leaving is an owner who changes while the address that they had is read.
type leaving struct {
	town
	left *int
}

func (l leaving) Of(ctx context.Context, workspace string, o Owner, who string) ([]Addressee, error) {
	if who != "customer" || *l.left == 0 {
		return l.town.Of(ctx, workspace, o, who)
	}
	*l.left--
	it, err := l.Table.Get(ctx, table.Key{PK: "OWNER", SK: o.ID})
	if err == nil {
		err = l.Table.Write(ctx, table.Put(it))
	}
	return []Addressee{{"Was", "was@x.example"}}, err
}

// TestNobodyIsWrittenToAsTheyWere: an address that was read before its owner
// changed, as they do when they are anonymised, is in no letter.
func TestNobodyIsWrittenToAsTheyWere(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	left := 1
	o.Addressees = leaving{town{o}, &left}
	o.verified(jordan, "licence", "2026-03-20")
	o.at = time.Date(2026, 3, 13, 0, 0, 0, 0, time.UTC)
	o.hour()
	var to []string
	for _, l := range o.letters() {
		if !l.Staff {
			to = append(to, l.To.Email)
		}
	}
	if left != 0 || !slices.Equal(to, []string{"jordan@x.example"}) {
		t.Errorf("written to %q", to)
	}
}
