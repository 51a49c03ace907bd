package reminder

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/queue"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// later keeps the jobs that are to be done.
type later struct{ bodies []json.RawMessage }

func (l *later) Send(_ context.Context, msgs ...queue.Message) error {
	for _, m := range msgs {
		l.bodies = append(l.bodies, m.Body)
	}
	return nil
}

func service180() TemplateDetails {
	return TemplateDetails{Name: "Oil", IntervalDays: 180, IntervalDistance: 15_000_000, Recurring: true}
}

func (y *yard) of(asset string) []*Reminder {
	y.t.Helper()
	page, _, err := y.Reminders(y.t.Context(), mia, Filter{Asset: asset}, "", 50)
	if err != nil {
		y.t.Fatal(err)
	}
	return page
}

func TestATemplateIsAppliedToEachAssetOnce(t *testing.T) {
	t.Parallel()
	y, ctx, jobs := newYard(t), t.Context(), &later{}
	y.Jobs = jobs
	for range 2*applyPage + 3 {
		y.car()
	}
	gone := y.car()
	done(y.fleet.Archive(ctx, mia, gone, 0, now))(t)
	tpl := done(y.CreateTemplate(ctx, mia, service180(), now))(t)
	for range 2 {
		_, more, err := y.Apply(ctx, mia, tpl.ID, now)
		if err != nil || !more {
			t.Fatal(more, err)
		}
		for len(jobs.bodies) > 0 {
			next := jobs.bodies[0]
			jobs.bodies = jobs.bodies[1:]
			for range 2 { // a queue may say it twice
				if err := y.RunJob(ctx, next, now); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	all, cursor := 0, ""
	for {
		page, next, err := y.Reminders(ctx, mia, Filter{}, cursor, 100)
		if err != nil {
			t.Fatal(err)
		}
		all += len(page)
		if cursor = next; cursor == "" {
			break
		}
	}
	if all != 2*applyPage+4 || len(y.of(gone)) != 0 {
		t.Errorf("%d reminders, %d of an archived asset", all, len(y.of(gone)))
	}
}

func TestATemplateIsForItsCategoriesAndWhoJoinsThem(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	vans := done(y.fleet.CreateCategory(ctx, mia, fleet.CategoryDetails{Name: "Vans"}, now))(t)
	small := done(y.fleet.CreateCategory(ctx, mia, fleet.CategoryDetails{Name: "Small vans", Parent: vans.ID}, now))(t)
	d := service180()
	d.Categories = []string{vans.ID}
	tpl := done(y.CreateTemplate(ctx, mia, d, now))(t)
	if made, more, err := y.Apply(ctx, mia, tpl.ID, now); made != 0 || more || err != nil {
		t.Errorf("a car got %d, %v", made, err)
	}
	done(y.fleet.Edit(ctx, mia, y.asset, func(d *fleet.AssetDetails) error { d.Categories = []string{small.ID}; return nil }, 0, now))(t)
	for range 2 {
		if err := y.Joined(ctx, "w", y.asset, now); err != nil {
			t.Fatal(err)
		}
	}
	if got := y.of(y.asset); len(got) != 1 || got[0].Template != tpl.ID || got[0].DueOn() != date(180) {
		t.Errorf("joined the category: %+v", got)
	}
}

func TestADistanceCountsFromTheFirstReading(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	d := service180()
	d.IntervalDays = 0
	tpl := done(y.CreateTemplate(ctx, mia, d, now))(t)
	done3(y.Apply(ctx, mia, tpl.ID, now))(t)
	r := y.of(y.asset)[0]
	if r.DueAt() != nil {
		t.Fatalf("due at %d before anybody knows the odometer", *r.DueAt())
	}
	for _, n := range []int64{40_000_000, 54_500_000, 55_000_000} {
		y.dash[y.asset] = n
		if err := y.Driven(ctx, "w", y.asset, now); err != nil {
			t.Fatal(err)
		}
	}
	if got := y.happened(r.ID); got != "created updated due_soon overdue" {
		t.Errorf("told: %s", got)
	}
	done(y.Complete(ctx, mia, r.ID, Done{}, 0, now))(t)
	if next := y.of(y.asset)[0]; *next.DueAt() != 70_000_000 || next.Template != tpl.ID {
		t.Errorf("the next one is due at %d, by %s", *next.DueAt(), next.Template)
	}
}

func done3(_ int, _ bool, err error) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestTemplatesAreEditedAndDeleted(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	tpl := done(y.CreateTemplate(ctx, mia, service180(), now))(t)
	done3(y.Apply(ctx, mia, tpl.ID, now))(t)
	edit := func(d *TemplateDetails) error { d.IntervalDays = 90; return nil }
	tpl = done(y.EditTemplate(ctx, mia, tpl.ID, edit, 1, now))(t)
	if _, err := y.EditTemplate(ctx, mia, tpl.ID, edit, 1, now); tpl.Version != 2 || fault.KindOf(err) != fault.Stale {
		t.Errorf("version %d; at an old one: %v", tpl.Version, err)
	}
	if again := done(y.EditTemplate(ctx, mia, tpl.ID, edit, 0, now))(t); again.Version != 2 {
		t.Errorf("saying the same made version %d", again.Version)
	}
	if r := y.of(y.asset)[0]; r.IntervalDays != 180 {
		t.Errorf("a reminder that was there has changed: %+v", r)
	}
	if err := y.DeleteTemplate(ctx, mia, tpl.ID, now); err != nil {
		t.Fatal(err)
	}
	if _, err := y.Template(ctx, "w", tpl.ID); fault.CodeOf(err) != "service_reminder_template.not_found" || len(y.of(y.asset)) != 1 {
		t.Errorf("deleted: %v, %d reminders stay", err, len(y.of(y.asset)))
	}
	for field, bad := range map[string]func(*TemplateDetails){
		"name":          func(d *TemplateDetails) { d.Name = "" },
		"interval_days": func(d *TemplateDetails) { d.IntervalDays, d.IntervalDistance, d.Recurring = 0, 0, false },
		"categories":    func(d *TemplateDetails) { d.Categories = make([]string, 21) },
		"assignees":     func(d *TemplateDetails) { d.Assignees = []string{"Mia"} },
	} {
		d := service180()
		bad(&d)
		if _, err := y.CreateTemplate(ctx, mia, d, now); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a wrong %s: %v", field, err)
		}
	}
	if all := done(y.Templates(ctx, "w"))(t); len(all) != 0 {
		t.Errorf("%d were stored", len(all))
	}
}

// TestAReminderFollowsTheEndOfARegistration through all that may become of it.
func TestAReminderFollowsTheEndOfARegistration(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	expires := func(day span.Date, at time.Time) {
		t.Helper()
		done(y.fleet.Edit(ctx, mia, y.asset, func(d *fleet.AssetDetails) error {
			d.Registration = fleet.Registration{Plate: "A 1", Expires: day}
			return nil
		}, 0, now))(t)
		for range 2 {
			if err := y.Joined(ctx, "w", y.asset, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	expires(date(100), now)
	expires(date(90), now)
	first := y.of(y.asset)[0]
	if first.Kind != Registration || first.DueOn() != date(90) {
		t.Fatalf("followed: %+v", first)
	}
	if err := y.Remind(ctx, "w", at(85)); err != nil {
		t.Fatal(err)
	}
	expires(date(455), at(86))
	if got := y.happened(first.ID); got != "created updated due_soon completed" {
		t.Errorf("renewed: %s", got)
	}
	second := y.of(y.asset)[0]
	expires(span.Date{}, at(87))
	if got := y.happened(second.ID); second.DueOn() != date(455) || got != "created skipped" || len(y.of(y.asset)) != 2 {
		t.Errorf("the next one, due on %s: %s", second.DueOn(), got)
	}
}

// TestAReminderFollowsTheEndOfAWarranty beside that of the registration, which it
// leaves alone.
func TestAReminderFollowsTheEndOfAWarranty(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	ends := func(registration, warranty span.Date) map[string]string {
		t.Helper()
		done(y.fleet.Edit(ctx, mia, y.asset, func(d *fleet.AssetDetails) error {
			d.Registration.Expires, d.WarrantyExpires = registration, warranty
			return nil
		}, 0, now))(t)
		for range 2 {
			if err := y.Joined(ctx, "w", y.asset, now); err != nil {
				t.Fatal(err)
			}
		}
		got := map[string]string{}
		for _, r := range y.of(y.asset) {
			got[r.Kind] += r.Name + " " + r.DueOn().String() + " " + y.happened(r.ID) + "; "
		}
		return got
	}
	ends(date(100), date(300))
	got := ends(date(100), date(310))
	if want := "Warranty ends " + date(310).String() + " created updated; "; got[Warranty] != want {
		t.Errorf("moved: %q, want %q", got[Warranty], want)
	}
	if want := "Registration ends " + date(100).String() + " created; "; got[Registration] != want {
		t.Errorf("the registration: %q, want %q", got[Registration], want)
	}
	if got := ends(date(100), span.Date{}); !strings.HasSuffix(got[Warranty], "skipped; ") {
		t.Errorf("none: %q", got[Warranty])
	}
}

// post asks for a letter by an item of its own, so that a test can count them.
type post struct{}

func (post) Remind(_ context.Context, r *Reminder, at time.Time) ([]table.Op, error) {
	k := table.Key{PK: "WS#w#POST", SK: at.Format(time.DateOnly) + string(r.State)}
	return []table.Op{table.Put(table.Item{Key: k, Doc: quoted(r.ID)})}, nil
}

func TestAssigneesAreWrittenToOnceAndEveryWeekAfter(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	y.Letters = post{}
	done(y.Schedule(ctx, mia, y.asset, with(oil(), func(d *Details) { d.Assignees = []string{"usr_01k9x3v7q2m8r4t6w0y5z1a3b5"} }), now))(t)
	done(y.Schedule(ctx, mia, y.asset, oil(), now))(t) // nobody's
	for day := range 116 {
		for range 2 {
			if err := y.Remind(ctx, "w", at(day)); err != nil {
				t.Fatal(err)
			}
		}
	}
	page := done(y.Table.Query(ctx, table.Query{PK: "WS#w#POST"}))(t)
	var got []string
	for _, it := range page.Items {
		got = append(got, it.Key.SK)
	}
	if len(got) != 6 || got[0] != "2026-05-26due_soon" || got[3] != "2026-06-10overdue" {
		t.Errorf("letters: %v", got)
	}
}
