package app_test

import (
	"testing"
	"time"

	"motorpool/shared/letter"
	"motorpool/shared/odometer"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
	"motorpool/shared/tracking"
)

// TestAssigneesWhoStillWorkHereAreWrittenTo is specification A, 2.10: who has
// been disabled since gets no letter and holds nobody up.
func TestAssigneesWhoStillWorkHereAreWrittenTo(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	tom, err := d.Members.Found(ctx, d.actor.Workspace, "tom@harbour.example", "Tom", d.now)
	if err != nil {
		t.Fatal(err)
	}
	say := reminder.Details{Name: "Oil", DueOn: span.DateOf(d.now).Plus(3), Assignees: []string{tom.ID, d.actor.ID}}
	r, err := d.Reminders.Schedule(ctx, d.actor, d.car(), say, d.now)
	if err == nil {
		_, err = d.Members.Disable(ctx, d.actor, tom.ID, 0, d.now)
	}
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second does nothing
		if err := d.Reminders.Remind(ctx, d.actor.Workspace, d.now); err != nil {
			t.Fatal(err)
		}
	}
	all, _, err := d.Letters.List(ctx, d.actor.Workspace, "", 50)
	if err != nil {
		t.Fatal(err)
	}
	var got []letter.Letter
	for _, l := range all {
		if l.Kind == letter.Notice {
			got = append(got, l)
		}
	}
	if len(got) != 1 || got[0].Email != "mia@harbour.example" || got[0].Title != "Oil is due soon: Toyota Camry" || got[0].Page != "/reminders/"+r.ID {
		t.Errorf("written: %+v", got)
	}
}

// TestDistancesAreDueByTheEstimate is specification A, 2.10: nobody has read the
// odometer since, and the device says how far it went.
func TestDistancesAreDueByTheEstimate(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	car, before := d.car(), d.now.AddDate(0, 0, -3)
	v, err := d.Tracking.Register(ctx, d.actor, tracking.Draft{Provider: "acme", Serial: "AAA"}, before)
	if err == nil {
		_, err = d.Tracking.Fit(ctx, d.actor, v.ID, car, 0, before)
	}
	if err == nil {
		_, _, err = d.Odometer.Record(ctx, d.actor, car, odometer.Draft{Value: 60_000, ReadAt: before}, d.now)
	}
	if err != nil {
		t.Fatal(err)
	}
	due, warn := int64(61_000_000), int64(100_000)
	r, err := d.Reminders.Schedule(ctx, d.actor, car, reminder.Details{Name: "Oil", DueOdometer: &due, WarnDistance: &warn}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range []reminder.State{reminder.Scheduled, reminder.DueSoon, reminder.Overdue} {
		var trips []tracking.Report
		for i := range 5 { // 450 km each time, and 110 at the end
			start := before.Add(time.Duration(n*5+i+1) * 2 * time.Hour)
			trips = append(trips, tracking.Report{Provider: "acme", Serial: "AAA", Start: start, End: start.Add(time.Hour), Metres: []int64{89_000, 91_000, 22_000}[n]})
		}
		results, err := d.Tracking.Ingest(ctx, d.actor, trips, d.now)
		if err != nil || results[4].Outcome != tracking.Completed {
			t.Fatalf("%+v, %v", results, err)
		}
		if err := d.Reminders.Remind(ctx, d.actor.Workspace, d.now.AddDate(0, 0, n)); err != nil {
			t.Fatal(err)
		}
		if is, err := d.Reminders.Reminder(ctx, d.actor, r.ID); err != nil || is.State != want {
			t.Errorf("after %d trips it is %s, %v; want %s", 5*(n+1), is.State, err, want)
		}
	}
}

// TestAServiceIsDueByTheDashboardAlsoAfterANewCluster: people say what they read,
// on the old cluster or on the new one.
func TestAServiceIsDueByTheDashboardAlsoAfterANewCluster(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	car, interval, last, warn := d.car(), int64(15_000_000), int64(89_000_000), int64(0)
	reads := func(km int64, hours int, replaced bool) {
		t.Helper()
		draft := odometer.Draft{Value: km, ReadAt: d.now.Add(time.Duration(hours) * time.Hour), Replaced: replaced, Confirm: true}
		if replaced {
			draft.Note = "The display failed"
		}
		if _, _, err := d.Odometer.Record(ctx, d.actor, car, draft, d.now.Add(time.Duration(hours)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	is := func(id string, want reminder.State) {
		t.Helper()
		if err := d.Reminders.Driven(ctx, d.actor.Workspace, car, d.now); err != nil {
			t.Fatal(err)
		}
		if r, err := d.Reminders.Reminder(ctx, d.actor, id); err != nil || r.State != want {
			t.Errorf("it is %s, %v; want %s", r.State, err, want)
		}
	}
	reads(90_000, 1, false)
	old, err := d.Reminders.Schedule(ctx, d.actor, car, reminder.Details{Name: "Oil", IntervalDistance: interval, LastOdometer: &last, WarnDistance: &warn, Recurring: true}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	reads(3, 2, true)
	is(old.ID, reminder.Scheduled)
	reads(13_000, 400, false) // 103,000 through both, due at 104,000
	is(old.ID, reminder.Scheduled)
	reads(14_100, 440, false)
	is(old.ID, reminder.Overdue)
	if _, err := d.Reminders.Complete(ctx, d.actor, old.ID, reminder.Done{}, 0, d.now); err != nil {
		t.Fatal(err)
	}
	page, _, err := d.Reminders.Reminders(ctx, d.actor, reminder.Filter{Asset: car, State: reminder.Scheduled}, "", 50)
	if err != nil || len(page) != 1 || *page[0].DueAt() != 29_100_000 {
		t.Fatalf("the next one is %+v, %v", page, err)
	}
	reads(29_000, 900, false)
	is(page[0].ID, reminder.Scheduled)
	reads(29_200, 910, false)
	is(page[0].ID, reminder.Overdue)
}
