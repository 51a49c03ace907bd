package ticks

import (
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/app"
	"motorpool/shared/fleet"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
	"motorpool/shared/table/embed/embedtest"
	"motorpool/shared/workspace"
)

// TestRemindersAreOfTheMorningWhereTheWorkspaceIs: at six o'clock in Sydney,
// which is an hour of the day before in UTC, and once.
func TestRemindersAreOfTheMorningWhereTheWorkspaceIs(t *testing.T) {
	t.Parallel()
	clock := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	now := func() time.Time { return clock }
	tab := embedtest.Open(t, now)
	a := app.New(app.Ports{Table: tab, NewID: ident.Sortable(now), Now: now})
	w, err := a.Workspaces.Create(t.Context(), workspace.Draft{Name: "W", Mode: workspace.Test, TimeZone: "Australia/Sydney"}, clock)
	if err != nil {
		t.Fatal(err)
	}
	mia := access.Actor{Kind: "user", ID: "usr_1", Workspace: w.ID}
	car, err := a.Fleet.Create(t.Context(), mia, fleet.AssetDetails{Type: "car", Make: "A", Model: "B"}, clock)
	if err != nil {
		t.Fatal(err)
	}
	due := reminder.Details{Name: "Rego", Kind: "registration", DueOn: span.Date{Year: 2026, Month: time.March, Day: 24}}
	if _, err := a.Reminders.Schedule(t.Context(), mia, car.ID, due, clock); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		day, hour, minute int // UTC; Sydney is eleven hours ahead
		told              int
	}{
		{8, 19, 0, 0},   // 06:00 on the 9th: in fifteen days
		{9, 18, 59, 0},  // 05:59 on the 10th
		{9, 19, 0, 1},   // 06:00 on the 10th: in fourteen days
		{9, 20, 0, 1},   // it was said
		{10, 3, 0, 1},   // and it is still the 10th
		{16, 18, 59, 1}, // a week later, too early
		{16, 19, 0, 2},
		{24, 12, 0, 3}, // 23:00 on the 24th: the tick was away for a week
		{24, 19, 0, 4}, // overdue
	} {
		at := time.Date(2026, 3, tt.day, tt.hour, tt.minute, 0, 0, time.UTC)
		if err := Remind.Handle(t.Context(), &api.Job{App: a, Now: at}); err != nil {
			t.Fatal(err)
		}
		page, _, err := a.Events.List(t.Context(), w.ID, outbox.Filter{Type: "service_reminder.*"}, "", 50, at)
		if n := len(page) - 1; err != nil || n != tt.told {
			t.Errorf("at %s: told %d times, %v, want %d", at, n, err, tt.told)
		}
	}
}
