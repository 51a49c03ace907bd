package reminder

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/span"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

var (
	now = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	mia = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: "w"}
)

func at(day int) time.Time   { return now.AddDate(0, 0, day) }
func date(day int) span.Date { return span.DateOf(at(day)) }
func metres(n int64) *int64  { return &n }
func days(n int) *int        { return &n }
func oil() Details {
	return Details{Name: "Oil", IntervalDays: 100, LastDone: date(0), Recurring: true}
}
func km(n int64) *int64 { return metres(n * 1000) }

// dash is an odometer that stands where it was put.
type dash map[string]int64

func (d dash) Estimate(_ context.Context, _, asset string, _ time.Time) (*Mileage, error) {
	if n, known := d[asset]; known {
		return &Mileage{n, n}, nil
	}
	return nil, nil
}

type yard struct {
	*Service
	t     *testing.T
	fleet *fleet.Service
	dash  dash
	asset string
}

func newYard(t *testing.T) *yard {
	t.Helper()
	clock := func() time.Time { return now }
	tab := embedtest.Open(t, clock)
	ids := ident.Sortable(clock)
	told, noted := &outbox.Service{Table: tab, NewID: ids}, &audit.Service{Table: tab, NewID: ids}
	y := &yard{t: t, fleet: &fleet.Service{Table: tab, NewID: ids, Events: told, Audit: noted}, dash: dash{}}
	y.Service = &Service{
		Table: tab, NewID: ids, Events: told, Audit: noted, Vehicles: y.fleet, Odometer: y.dash,
		Today: func(_ context.Context, _ string, at time.Time) (span.Date, error) { return span.DateOf(at), nil },
	}
	y.asset = y.car()
	return y
}

func (y *yard) car() string {
	y.t.Helper()
	return done(y.fleet.Create(y.t.Context(), mia, fleet.AssetDetails{Type: "car", Make: "Toyota", Model: "Camry"}, now))(y.t).ID
}

// happened is every event of a reminder, oldest first; one said again ends with +.
func (y *yard) happened(id string) string {
	y.t.Helper()
	page := done(y.Table.Query(y.t.Context(), table.Query{PK: reminderPK("w", id), Prefix: "EVENT#"}))(y.t)
	var all []string
	for _, it := range page.Items {
		e := done(outbox.Read(it.Key.PK, it.Key.SK, it.Doc))(y.t)
		name := strings.TrimPrefix(e.Type, "service_reminder.")
		if strings.Contains(string(e.Body), `"again":true`) {
			name += "+"
		}
		all = append(all, name)
	}
	return strings.Join(all, " ")
}

func TestAReminderIsDueByTheDayOrTheDistance(t *testing.T) {
	t.Parallel()
	byDay := Details{DueOn: date(100)}
	byKm := Details{DueOdometer: km(60_000)}
	both := Details{IntervalDays: 100, IntervalDistance: 15_000_000, LastDone: date(0), LastOdometer: km(45_000)}
	for name, tt := range map[string]struct {
		d        Details
		day      int
		odometer *int64
		want     State
	}{
		"long before":                   {byDay, 85, nil, Scheduled},
		"two weeks before":              {byDay, 86, nil, DueSoon},
		"on the day":                    {byDay, 100, nil, DueSoon},
		"the day after":                 {byDay, 101, nil, Overdue},
		"warned on the day alone":       {with(byDay, func(d *Details) { d.WarnDays = days(0) }), 99, nil, Scheduled},
		"far from it":                   {byKm, 0, km(58_999), Scheduled},
		"1,000 km before":               {byKm, 0, km(59_000), DueSoon},
		"a metre before":                {byKm, 0, metres(59_999_999), DueSoon},
		"at the metre":                  {byKm, 0, km(60_000), Overdue},
		"an odometer nobody knows":      {byKm, 9999, nil, Scheduled},
		"the distance comes first":      {both, 10, km(60_001), Overdue},
		"the day comes first":           {both, 101, km(45_001), Overdue},
		"one is soon, the other is not": {both, 90, km(45_001), DueSoon},
	} {
		d, err := with(tt.d, func(d *Details) { d.Name = "x" }).checked(false)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.At(date(tt.day), tt.odometer); got != tt.want {
			t.Errorf("%s: got %s, want %s", name, got, tt.want)
		}
	}
}

func with(d Details, f func(*Details)) Details { f(&d); return d }

func TestItIsSaidOnceAndEveryWeekAfter(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	r := done(y.Schedule(ctx, mia, y.asset, oil(), now))(t)
	for day := range 116 {
		for range 2 { // the second does nothing
			if err := y.Remind(ctx, "w", at(day)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := y.happened(r.ID); got != "created due_soon due_soon+ due_soon+ overdue overdue+ overdue+" {
		t.Errorf("told: %s", got)
	}
	r = done(y.Complete(ctx, mia, r.ID, Done{}, 0, at(116)))(t)
	page, _, err := y.Reminders(ctx, mia, Filter{}, "", 50)
	if err != nil || len(page) != 1 || page[0].LastDone != date(116) || page[0].Object().DueOn != date(216).String() {
		t.Fatalf("scheduled next: %+v, %v", page, err)
	}
	for day := 116; day < 203; day++ {
		if err := y.Remind(ctx, "w", at(day)); err != nil {
			t.Fatal(err)
		}
	}
	if got := y.happened(r.ID) + ", " + y.happened(page[0].ID); got != "created due_soon due_soon+ due_soon+ overdue overdue+ overdue+ completed, created due_soon" {
		t.Errorf("told: %s", got)
	}
}

func TestAnOutageIsCaughtUpWith(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	r := done(y.Schedule(ctx, mia, y.asset, oil(), now))(t)
	for _, day := range []int{0, 150, 151, 157} {
		if err := y.Remind(ctx, "w", at(day)); err != nil {
			t.Fatal(err)
		}
	}
	if got := y.happened(r.ID); got != "created overdue overdue+" {
		t.Errorf("told: %s", got)
	}
}

func TestAReadingTellsAtOnce(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	d := Details{Name: "Oil", IntervalDistance: 15_000_000, LastOdometer: km(45_000), Recurring: true}
	r := done(y.Schedule(ctx, mia, y.asset, d, now))(t)
	for _, n := range []int64{50_000_000, 59_500_000, 60_500_000, 50_000_000} {
		y.dash[y.asset] = n
		for range 2 {
			if err := y.Driven(ctx, "w", y.asset, now); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := y.happened(r.ID); got != "created due_soon overdue updated" {
		t.Errorf("told: %s", got)
	}
	delete(y.dash, y.asset)
	if _, err := y.Complete(ctx, mia, r.ID, Done{}, 0, now); fault.CodeOf(err) != "service_reminder.odometer" {
		t.Errorf("done at an unknown odometer: %v", err)
	}
	done(y.Skip(ctx, mia, r.ID, 0, now))(t)
	page, _, _ := y.Reminders(ctx, mia, Filter{Asset: y.asset, State: Scheduled}, "", 50)
	if len(page) != 1 || *page[0].Object().DueOdometer != 75_000_000 {
		t.Errorf("skipped, the next one is %+v", page)
	}
}

func TestWhatLeftTheFleetNeedsNothing(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	r := done(y.Schedule(ctx, mia, y.asset, oil(), now))(t)
	done(y.fleet.Archive(ctx, mia, y.asset, 0, now))(t)
	for _, day := range []int{95, 101, 108} {
		if err := y.Remind(ctx, "w", at(day)); err != nil {
			t.Fatal(err)
		}
	}
	if got := y.happened(r.ID); got != "created" {
		t.Errorf("told: %s", got)
	}
}

func TestARegistrationEndsAYearAfterItEnded(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	d := Details{Name: "Rego", Kind: "registration", DueOn: date(30), IntervalDays: 365, Recurring: true}
	r := done(y.Schedule(ctx, mia, y.asset, d, now))(t)
	done(y.Complete(ctx, mia, r.ID, Done{On: date(20)}, 0, at(20)))(t)
	page, _, _ := y.Reminders(ctx, mia, Filter{}, "", 50)
	if len(page) != 1 || page[0].Object().DueOn != date(395).String() {
		t.Errorf("renewed early, it ends next on %+v", page[0].Object().DueOn)
	}
	if _, err := y.Complete(ctx, mia, r.ID, Done{}, 0, at(21)); fault.CodeOf(err) != "service_reminder.completed" {
		t.Errorf("done twice: %v", err)
	}
}

// TestWhenItIsLookedAtItIsRight: whatever happens on whichever days, what is
// told of is never told twice on a day, again only after a week, and the state
// after a look is the one that follows from the day and the odometer.
func TestWhenItIsLookedAtItIsRight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, err := Details{
			Name: "x", IntervalDays: rapid.IntRange(1, 60).Draw(t, "days"), LastDone: date(0), WarnDays: days(rapid.IntRange(0, 20).Draw(t, "warn")),
			IntervalDistance: rapid.Int64Range(1, 3_000_000).Draw(t, "distance"), LastOdometer: metres(0),
		}.checked(false)
		if err != nil {
			t.Fatal(err)
		}
		r := &Reminder{Details: d, State: Scheduled}
		day, odometer, told := 0, int64(0), map[string]int{}
		for range rapid.IntRange(1, 60).Draw(t, "looks") {
			day += rapid.IntRange(0, 9).Draw(t, "later")
			odometer += rapid.Int64Range(-10_000, 200_000).Draw(t, "driven")
			was := *r
			r.was, r.news = &was, nil
			r.Look(date(day), &Mileage{odometer, odometer}, at(day))
			if want := d.At(date(day), &odometer); r.State != want {
				t.Fatalf("day %d: it is %s, want %s", day, r.State, want)
			}
			for _, e := range r.news {
				key := fmt.Sprint(e.Type(), r.State)
				if last, is := told[key]; is && r.State == was.State && day-last < 7 {
					t.Fatalf("day %d: %s, said on day %d", day, e.Type(), last)
				}
				told[key] = day
			}
			if len(r.news) > 1 {
				t.Fatalf("day %d: %d things at once", day, len(r.news))
			}
			if next := r.next(date(day)); !date(day).Before(next) {
				t.Fatalf("day %d: it is looked at again on %s", day, next)
			}
		}
	})
}

func TestBadRemindersAreRefused(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	for name, tt := range map[string]struct {
		bad   func(*Details)
		field string
	}{
		"no name":                    {func(d *Details) { d.Name = "" }, "name"},
		"a long name":                {func(d *Details) { d.Name = strings.Repeat("x", 101) }, "name"},
		"a kind of its own":          {func(d *Details) { d.Kind = "party" }, "kind"},
		"backwards":                  {func(d *Details) { d.IntervalDays = -1 }, "interval_days"},
		"for ever":                   {func(d *Details) { d.IntervalDays = 3661 }, "interval_days"},
		"a negative distance":        {func(d *Details) { d.IntervalDistance = -1 }, "interval_distance"},
		"to the moon and back":       {func(d *Details) { d.IntervalDistance = 10_000_000_001 }, "interval_distance"},
		"a warning too late":         {func(d *Details) { d.WarnDays = days(-1) }, "warn_days"},
		"a negative warning":         {func(d *Details) { d.WarnDistance = metres(-1) }, "warn_distance"},
		"a negative odometer":        {func(d *Details) { d.LastOdometer = metres(-1) }, "last_odometer"},
		"due before it was built":    {func(d *Details) { d.DueOdometer = metres(-1) }, "due_odometer"},
		"endless":                    {func(d *Details) { d.Note = strings.Repeat("x", 2001) }, "note"},
		"days from nowhere":          {func(d *Details) { d.LastDone = span.Date{} }, "last_done"},
		"a distance from nowhere":    {func(d *Details) { d.IntervalDistance = 1 }, "last_odometer"},
		"never due":                  {func(d *Details) { d.IntervalDays, d.Recurring = 0, false }, "due_on"},
		"recurring at no interval":   {func(d *Details) { d.IntervalDays, d.DueOn = 0, date(9) }, "interval_days"},
		"a user by name":             {func(d *Details) { d.Assignees = []string{"Mia"} }, "assignees"},
		"too many users":             {func(d *Details) { d.Assignees = make([]string, 11) }, "assignees"},
		"a name with a line in it":   {func(d *Details) { d.Name = "a\nb" }, "name"},
		"a note that cannot be seen": {func(d *Details) { d.Note = "a\x00" }, "note"},
	} {
		_, err := y.Schedule(ctx, mia, y.asset, with(oil(), tt.bad), now)
		wrong, is := errors.AsType[*fault.Error](err)
		if !is || wrong.Kind != fault.Invalid || len(wrong.Fields) == 0 || wrong.Fields[0].Name != tt.field {
			t.Errorf("%s: got %v, want the field %s", name, err, tt.field)
		}
	}
	if _, err := y.Schedule(ctx, mia, "ast_00000000000000000000000009", oil(), now); fault.CodeOf(err) != "service_reminder.asset" {
		t.Errorf("an asset there is not: %v", err)
	}
	r := done(y.Schedule(ctx, mia, y.asset, oil(), now))(t)
	for name, d := range map[string]Done{"tomorrow": {On: date(1)}, "before the last time": {On: date(-1)}} {
		if _, err := y.Complete(ctx, mia, r.ID, d, 0, now); fault.CodeOf(err) != "service_reminder.done_on" {
			t.Errorf("done %s: %v", name, err)
		}
	}
}

func TestRemindersAreTheirOwnersAlone(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	r := done(y.Schedule(ctx, mia, y.asset, oil(), now))(t)
	for who, actor := range map[string]access.Actor{
		"of another workspace": {Kind: "user", ID: "usr_2", Workspace: "w2"},
		"of another location":  {Kind: "user", ID: "usr_3", Workspace: "w", Locations: []string{"loc_9"}},
	} {
		if page, _, err := y.Reminders(ctx, actor, Filter{}, "", 50); len(page) != 0 || err != nil {
			t.Errorf("somebody %s sees %d, %v", who, len(page), err)
		}
		if _, err := y.Skip(ctx, actor, r.ID, 0, now); fault.CodeOf(err) != "service_reminder.not_found" {
			t.Errorf("somebody %s: %v", who, err)
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
