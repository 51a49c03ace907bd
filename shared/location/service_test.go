package location

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/money"
	"motorpool/shared/outbox"
	"motorpool/shared/table/embed/embedtest"
)

var (
	now = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	mia = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: "w"}
)

// things are what is at locations, by location.
type things map[string]string

func (th things) AtLocation(_ context.Context, _, location string) (string, error) {
	return th[location], nil
}

func newService(t *testing.T) (*Service, things) {
	t.Helper()
	clock := func() time.Time { return now }
	tab := embedtest.Open(t, clock)
	ids, there := ident.Sortable(clock), things{}
	return &Service{
		Table: tab, NewID: ids, Uses: []Uses{there},
		Events: &outbox.Service{Table: tab, NewID: ids}, Audit: &audit.Service{Table: tab, NewID: ids},
		Zone:     func(context.Context, string) (string, error) { return "Australia/Perth", nil },
		Currency: func(context.Context, string) (string, error) { return "AUD", nil },
	}, there
}

// told is every event of the workspace, oldest first.
func told(t *testing.T, s *Service) (types []string) {
	t.Helper()
	page, _, err := s.Events.List(t.Context(), "w", outbox.Filter{}, "", 200, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page {
		types = append(types, e.Type)
	}
	slices.Reverse(types)
	return types
}

func done[T any](v T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestALocationLivesAndTellsOfIt(t *testing.T) {
	t.Parallel()
	s, _ := newService(t)
	ctx := t.Context()
	l := done(s.Create(ctx, mia, Details{Name: "Airport", Code: "syd"}, now))(t)
	if l.TimeZone != "Australia/Perth" || !l.Active() {
		t.Errorf("got %+v", l)
	}
	edit := func(f func(*Details)) {
		t.Helper()
		done(s.Edit(ctx, mia, l.ID, func(d *Details) error { f(d); return nil }, 0, now))(t)
	}
	edit(func(d *Details) { d.Phone = "+61 2 5550 1234" })
	edit(func(*Details) {})
	done(s.Deactivate(ctx, mia, l.ID, 0, now))(t)
	done(s.Deactivate(ctx, mia, l.ID, 0, now))(t)
	if _, err := s.Refer(ctx, mia, l.ID); fault.CodeOf(err) != "location.inactive" {
		t.Errorf("naming it while it is not active: %v", err)
	}
	done(s.Activate(ctx, mia, l.ID, 0, now))(t)
	last := done(s.Activate(ctx, mia, l.ID, 0, now))(t)
	want := []string{"location.created", "location.updated", "location.deactivated", "location.activated"}
	if got := told(t, s); !slices.Equal(got, want) || last.Version != 4 {
		t.Errorf("got %v at version %d, want %v", got, last.Version, want)
	}
	if _, err := s.Edit(ctx, mia, l.ID, func(*Details) error { return nil }, 3, now); fault.CodeOf(err) != "location.stale" {
		t.Errorf("from a stale copy: %v", err)
	}
}

func TestACodeIsOneLocations(t *testing.T) {
	t.Parallel()
	s, _ := newService(t)
	ctx := t.Context()
	l := done(s.Create(ctx, mia, Details{Name: "Airport", Code: "SYD"}, now))(t)
	if _, err := s.Create(ctx, mia, Details{Name: "City", Code: "syd"}, now); fault.CodeOf(err) != "location.code_taken" {
		t.Errorf("the code again: %v", err)
	}
	done(s.Edit(ctx, mia, l.ID, func(d *Details) error { d.Code = "MEL"; return nil }, 0, now))(t)
	done(s.Create(ctx, mia, Details{Name: "City", Code: "syd"}, now))(t)
	if _, err := s.Edit(ctx, mia, l.ID, func(d *Details) error { d.Code = "SYD"; return nil }, 0, now); fault.CodeOf(err) != "location.code_taken" {
		t.Errorf("back to what is another's: %v", err)
	}
}

func TestWhereSomethingIsStaysActive(t *testing.T) {
	t.Parallel()
	s, there := newService(t)
	ctx := t.Context()
	l := done(s.Create(ctx, mia, Details{Name: "Airport"}, now))(t)
	there[l.ID] = "3 vehicles"
	_, err := s.Deactivate(ctx, mia, l.ID, 0, now)
	if fault.CodeOf(err) != "location.in_use" || !strings.Contains(err.Error(), "3 vehicles") {
		t.Errorf("got %v", err)
	}
	op, err := s.Refer(ctx, mia, l.ID)
	if err != nil {
		t.Fatal(err)
	}
	delete(there, l.ID)
	done(s.Deactivate(ctx, mia, l.ID, 0, now))(t)
	if err := s.Table.Write(ctx, op); err == nil {
		t.Error("what was promised before the deactivation holds after it")
	}
}

// late is where something arrives between the two questions of a deactivation.
type late struct{ asked int }

func (l *late) AtLocation(context.Context, string, string) (string, error) {
	if l.asked++; l.asked%2 == 0 {
		return "1 vehicle", nil
	}
	return "", nil
}

func TestWhatArrivesMeanwhileKeepsTheLocationActive(t *testing.T) {
	t.Parallel()
	s, _ := newService(t)
	s.Uses = []Uses{&late{}}
	l := done(s.Create(t.Context(), mia, Details{Name: "Airport"}, now))(t)
	if _, err := s.Deactivate(t.Context(), mia, l.ID, 0, now); fault.CodeOf(err) != "location.in_use" {
		t.Errorf("got %v", err)
	}
	if _, err := s.Refer(t.Context(), mia, l.ID); err != nil {
		t.Errorf("it can no longer be named: %v", err)
	}
	if l := done(s.Location(t.Context(), mia, l.ID))(t); !l.Active() {
		t.Error("it is not active")
	}
}

func TestWhoWorksElsewhereSeesNothing(t *testing.T) {
	t.Parallel()
	s, _ := newService(t)
	ctx := t.Context()
	a := done(s.Create(ctx, mia, Details{Name: "Airport"}, now))(t)
	b := done(s.Create(ctx, mia, Details{Name: "City"}, now))(t)
	bound, stranger := mia, mia
	bound.Locations, stranger.Workspace = []string{b.ID}, "w2"
	for name, who := range map[string]access.Actor{"one of the city": bound, "a stranger": stranger} {
		_, err1 := s.Location(ctx, who, a.ID)
		_, err2 := s.Edit(ctx, who, a.ID, func(d *Details) error { d.Name = "x"; return nil }, 0, now)
		_, err3 := s.Deactivate(ctx, who, a.ID, 0, now)
		_, err4 := s.Activate(ctx, who, a.ID, 0, now)
		_, err5 := s.Refer(ctx, who, a.ID)
		for i, err := range []error{err1, err2, err3, err4, err5} {
			if fault.CodeOf(err) != "location.not_found" {
				t.Errorf("%s, question %d: got %v", name, i+1, err)
			}
		}
		list, _, err := s.Locations(ctx, who, Filter{}, "", 10)
		if err != nil || slices.ContainsFunc(list, func(l *Location) bool { return l.ID == a.ID }) {
			t.Errorf("%s lists %v, %v", name, list, err)
		}
	}
	if _, err := s.Create(ctx, bound, Details{Name: "New"}, now); fault.CodeOf(err) != "location.bound" {
		t.Errorf("one of the city adds a location: %v", err)
	}
	all, _, err := s.Locations(ctx, mia, Filter{Q: "c"}, "", 10)
	if err != nil || len(all) != 1 || all[0].ID != b.ID {
		t.Errorf("those that begin with c: %v, %v", all, err)
	}
}

func TestAFeeIsInTheWorkspacesCurrency(t *testing.T) {
	t.Parallel()
	s, _ := newService(t)
	for code, want := range map[string]fault.Kind{"JPY": fault.Invalid, "AUD": 0} {
		d := desk()
		d.AfterHoursFee = money.Amount{Minor: 4500, Currency: code}
		l, err := s.Create(t.Context(), mia, d, now)
		if want == 0 && err == nil {
			_, err = s.Edit(t.Context(), mia, l.ID, func(d *Details) error { d.AfterHoursFee.Currency = "USD"; return nil }, 0, now)
			want = fault.Invalid
		}
		if fault.KindOf(err) != want || err == nil || !strings.Contains(err.Error(), "Give the fee in AUD") {
			t.Errorf("a fee in %s: %v", code, err)
		}
	}
}
