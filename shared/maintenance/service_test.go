package maintenance

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/calendar"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/ident"
	"motorpool/shared/money"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

var (
	now = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	mia = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: "w"}
)

func day(n int) time.Time { return now.AddDate(0, 0, n) }

// yard is windows, the fleet they are for, and its calendars.
type yard struct {
	*Service
	t     *testing.T
	fleet *fleet.Service
	days  *calendar.Service
	asset string
}

func newYard(t *testing.T) *yard {
	t.Helper()
	clock := func() time.Time { return now }
	tab := embedtest.Open(t, clock)
	ids := ident.Sortable(clock)
	told, noted := &outbox.Service{Table: tab, NewID: ids}, &audit.Service{Table: tab, NewID: ids}
	y := &yard{t: t, fleet: &fleet.Service{Table: tab, NewID: ids, Events: told, Audit: noted}, days: &calendar.Service{Table: tab}}
	y.Service = &Service{Table: tab, NewID: ids, Events: told, Audit: noted, Vehicles: y.fleet, Calendar: y.days}
	y.asset = y.car()
	return y
}

func (y *yard) car() string {
	y.t.Helper()
	a, err := y.fleet.Create(y.t.Context(), mia, fleet.AssetDetails{Type: "car", Make: "Toyota", Model: "Camry"}, now)
	if err != nil {
		y.t.Fatal(err)
	}
	return a.ID
}

// booked holds the asset as a booking would.
func (y *yard) booked(id string, from, until time.Time) {
	y.t.Helper()
	op, err := y.days.Hold(y.t.Context(), "w", y.asset, calendar.Hold{ID: id, Kind: calendar.Booking, From: from, Until: until}, now)
	if err == nil {
		err = y.Table.Write(y.t.Context(), op)
	}
	if err != nil {
		y.t.Fatal(err)
	}
}

func (y *yard) calendar() string {
	y.t.Helper()
	c, err := y.days.Of(y.t.Context(), "w", y.asset)
	if err != nil {
		y.t.Fatal(err)
	}
	var all []string
	for _, h := range c.Holds {
		until := "open"
		if !h.Until.IsZero() {
			until = h.Until.Format("02T15")
		}
		all = append(all, h.From.Format("02T15")+"-"+until)
	}
	return strings.Join(all, " ")
}

// happened is every event of a window, oldest first.
func (y *yard) happened(id string) string {
	y.t.Helper()
	page, err := y.Table.Query(y.t.Context(), table.Query{PK: windowPK("w", id), Prefix: "EVENT#"})
	if err != nil {
		y.t.Fatal(err)
	}
	var all []string
	for _, it := range page.Items {
		e, err := outbox.Read(it.Key.PK, it.Key.SK, it.Doc)
		if err != nil {
			y.t.Fatal(err)
		}
		all = append(all, strings.TrimPrefix(e.Type, "maintenance_window."))
	}
	return strings.Join(all, " ")
}

func service(from, until int) Details {
	d := Details{StartsAt: day(from), Reason: "service"}
	if until > 0 {
		d.EndsAt = day(until)
	}
	return d
}

func TestAWindowOnItsWay(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	w := done(y.Plan(ctx, mia, y.asset, service(1, 5), nil, now))(t)
	if got := y.calendar(); got != "02T09-06T09" {
		t.Errorf("planned: %s", got)
	}
	w = done(y.Edit(ctx, mia, w.ID, func(d *Details) error {
		d.EndsAt, d.Cost = day(6), money.Amount{Minor: 100, Currency: "AUD"}
		return nil
	}, nil, w.Version, now))(t)
	if got := y.calendar(); got != "02T09-07T09" || w.Version != 2 {
		t.Errorf("moved: %s, version %d", got, w.Version)
	}
	done(y.Edit(ctx, mia, w.ID, func(*Details) error { return nil }, nil, 0, now))(t)
	w = done(y.Start(ctx, mia, w.ID, nil, 0, now.Add(time.Hour)))(t)
	if got := y.calendar(); got != "01T10-07T09" || w.State != InProgress {
		t.Errorf("started early: %s, %s", got, w.State)
	}
	w = done(y.Complete(ctx, mia, w.ID, 0, day(3)))(t)
	if got := y.calendar(); got != "01T10-04T09" || w.State != Completed || !w.EndsAt.Equal(day(6)) {
		t.Errorf("completed early: %s, %+v", got, w)
	}
	y.booked("bkg_1", day(3), day(6)) // what was left is free
	if got := y.happened(w.ID); got != "created updated started completed" {
		t.Errorf("told: %s", got)
	}
	history, _, err := y.Audit.Of(ctx, "w", assetPK("w", y.asset), "", 50)
	if err != nil || len(history) != 5 || history[0].Action != "maintenance_window.completed" || history[0].Object.ID != w.ID {
		t.Errorf("the history of the asset has %+v, %v", history, err)
	}
}

func TestAWindowEndsAsItsMovesSay(t *testing.T) {
	t.Parallel()
	for _, from := range States {
		for _, to := range States {
			w := &Window{State: from}
			var err error
			if to == InProgress {
				err = w.Start(now)
			} else {
				err = w.End(to, now)
			}
			if ok := slices.Contains(moves[from], to); (err == nil) != ok {
				t.Errorf("from %s to %s: %v, want it allowed: %v", from, to, err, ok)
			}
			if err != nil && (fault.KindOf(err) != fault.Conflict || w.State != from) {
				t.Errorf("from %s to %s: %v, and it is %s", from, to, err, w.State)
			}
		}
	}
}

func TestABookingIsOverlappedOnlyByName(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	y.booked("bkg_1", day(2), day(4))
	y.booked("bkg_2", day(6), day(8))
	_, err := y.Plan(ctx, mia, y.asset, service(1, 7), []string{"bkg_1"}, now)
	taken, is := errors.AsType[*calendar.Taken](err)
	if !is || len(taken.By) != 1 || taken.By[0].ID != "bkg_2" {
		t.Fatalf("only one was acknowledged: %v", err)
	}
	if _, err := y.Plan(ctx, mia, y.asset, service(1, 0), nil, now); fault.CodeOf(err) != "calendar.taken" {
		t.Errorf("an open window over both: %v", err)
	}
	w := done(y.Plan(ctx, mia, y.asset, service(1, 7), []string{"bkg_2", "bkg_1"}, now))(t)
	if got := y.calendar(); got != "02T09-08T09 03T09-05T09 07T09-09T09" {
		t.Errorf("got %s", got)
	}
	y.booked("bkg_9", day(9), day(10))
	if _, err := y.Edit(ctx, mia, w.ID, func(d *Details) error { d.EndsAt = day(30); return nil }, nil, 0, now); fault.CodeOf(err) != "calendar.taken" {
		t.Errorf("moved over another: %v", err)
	}
	if again := done(y.Window(ctx, mia, w.ID))(t); !again.EndsAt.Equal(day(7)) || again.Version != 1 {
		t.Errorf("a refused edit left %+v", again)
	}
	done(y.Edit(ctx, mia, w.ID, func(d *Details) error { d.EndsAt = day(30); return nil }, []string{"bkg_9"}, 0, now))(t)
}

func TestBadWindowsAreRefused(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	archived := y.car()
	done(y.fleet.Archive(ctx, mia, archived, 0, now))(t)
	long := strings.Repeat("x", 2001)
	for code, tt := range map[string]struct {
		asset string
		d     Details
	}{
		"maintenance_window.asset":     {"ast_00000000000000000000000009", service(1, 2)},
		"asset.archived":               {archived, service(1, 2)},
		"maintenance_window.starts_at": {y.asset, Details{Reason: "service"}},
		"maintenance_window.ends_at":   {y.asset, service(2, 2)},
		"maintenance_window.reason":    {y.asset, Details{StartsAt: day(1), Reason: "holiday"}},
		"maintenance_window.note":      {y.asset, Details{StartsAt: day(1), Reason: "service", Note: long}},
		"maintenance_window.vendor":    {y.asset, Details{StartsAt: day(1), Reason: "service", Vendor: "a\x00"}},
		"maintenance_window.cost":      {y.asset, Details{StartsAt: day(1), Reason: "service", Cost: money.Amount{Minor: -1, Currency: "AUD"}}},
		"maintenance_window.issue":     {y.asset, Details{StartsAt: day(1), Reason: "service", Issue: "x"}},
		"maintenance_window.reminder":  {y.asset, Details{StartsAt: day(1), Reason: "service", Reminder: "iss_1"}},
	} {
		if _, err := y.Plan(ctx, mia, tt.asset, tt.d, nil, now); fault.CodeOf(err) != code {
			t.Errorf("%s: got %v", code, err)
		}
	}
	if _, err := y.Plan(ctx, mia, y.asset, service(1, 2), strings.Fields("1 2 3 4 5 6"), now); fault.CodeOf(err) != "maintenance_window.acknowledge" {
		t.Errorf("too many acknowledged: %v", err)
	}
	if got := y.calendar(); got != "" {
		t.Errorf("and yet it holds %s", got)
	}
}

func TestWhatIsOverIsNotMoved(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	w := done(y.Plan(ctx, mia, y.asset, service(1, 5), nil, now))(t)
	done(y.Start(ctx, mia, w.ID, nil, 0, day(1)))(t)
	if _, err := y.Edit(ctx, mia, w.ID, func(d *Details) error { d.StartsAt = day(2); return nil }, nil, 0, day(2)); fault.CodeOf(err) != "maintenance_window.begun" {
		t.Errorf("its start: %v", err)
	}
	done(y.Cancel(ctx, mia, w.ID, 0, day(2)))(t)
	if _, err := y.Edit(ctx, mia, w.ID, func(d *Details) error { d.EndsAt = day(9); return nil }, nil, 0, day(2)); fault.CodeOf(err) != "maintenance_window.over" {
		t.Errorf("its end: %v", err)
	}
	done(y.Edit(ctx, mia, w.ID, func(d *Details) error { d.Note = "came back"; return nil }, nil, 0, day(2)))(t)
	if got := y.calendar(); got != "02T09-03T09" {
		t.Errorf("got %s", got)
	}
	if _, err := y.Complete(ctx, mia, w.ID, 1, day(2)); fault.CodeOf(err) != "maintenance_window.stale" {
		t.Errorf("meant for version 1: %v", err)
	}
}

func TestWindowsAreListed(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	second := done(y.Plan(ctx, mia, y.asset, service(5, 6), nil, now))(t)
	first := done(y.Plan(ctx, mia, y.asset, service(1, 2), nil, now))(t)
	other := done(y.Plan(ctx, mia, y.car(), service(3, 4), nil, now))(t)
	done(y.Cancel(ctx, mia, second.ID, 0, now))(t)
	names := map[string]string{first.ID: "first", second.ID: "second", other.ID: "other"}
	for want, f := range map[string]Filter{
		"first other":  {},
		"second":       {Over: true},
		"second ":      {State: Cancelled},
		"first second": {Asset: y.asset},
		"first ":       {Asset: y.asset, State: Planned},
		"":             {State: InProgress},
	} {
		page, _, err := y.Windows(ctx, mia, f, "", 50)
		var got []string
		for _, w := range page {
			got = append(got, names[w.ID])
		}
		if strings.Join(got, " ") != strings.TrimSpace(want) || err != nil {
			t.Errorf("%+v: got %v, %v, want %s", f, got, err, want)
		}
	}
	for who, actor := range map[string]access.Actor{
		"of another workspace": {Kind: "user", ID: "usr_2", Workspace: "w2"},
		"of another location":  {Kind: "user", ID: "usr_3", Workspace: "w", Locations: []string{"loc_9"}},
	} {
		if page, _, err := y.Windows(ctx, actor, Filter{}, "", 50); len(page) != 0 || err != nil {
			t.Errorf("somebody %s sees %d, %v", who, len(page), err)
		}
		for name, err := range map[string]error{
			"get":    errOf(y.Window(ctx, actor, first.ID)),
			"start":  errOf(y.Start(ctx, actor, first.ID, nil, 0, now)),
			"cancel": errOf(y.Cancel(ctx, actor, first.ID, 0, now)),
		} {
			if fault.CodeOf(err) != "maintenance_window.not_found" {
				t.Errorf("somebody %s, %s: %v", who, name, err)
			}
		}
		if _, _, err := y.Windows(ctx, actor, Filter{Asset: y.asset}, "", 50); fault.KindOf(err) != fault.NotFound {
			t.Errorf("somebody %s lists the asset's: %v", who, err)
		}
	}
	if refers, err := y.Refers(ctx, "w", y.asset); !refers || err != nil {
		t.Errorf("refers: %v, %v", refers, err)
	}
}

func done[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func errOf[T any](_ T, err error) error { return err }
