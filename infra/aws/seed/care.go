package seed

import (
	"context"

	"motorpool/shared/issue"
	"motorpool/shared/maintenance"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
)

// windows are enough that each call which moves one has one of its own; those
// that begin later come later. They are named by their notes.
var windows = []struct {
	note    string
	started bool
}{
	{"to start", false}, // the first, since it takes all the time until it ends
	{"to edit", false},
	{"to cancel", false},
	{"to complete", true},
	{"to save on its page", false},
	{"to cancel on its page", false},
}

// issues are enough that each call which moves one has one of its own.
var issues = []struct {
	title string
	moves []issue.State
}{
	{"to edit", nil},
	{"to start", nil},
	{"to dismiss", nil},
	{"to resolve", []issue.State{issue.InProgress}},
	{"to close", []issue.State{issue.InProgress, issue.Resolved}},
	{"to reopen", []issue.State{issue.InProgress, issue.Resolved}},
	{"to save on its page", nil},
	{"to start on its page", nil},
}

// maintain has one vehicle in and out of the workshop.
func (w *World) maintain(ctx context.Context, _ string) (err error) {
	at, car := w.clock.ago(0), w.Assets["HC-107"].ID
	for i, v := range windows {
		starts := at.Add(-day)
		if !v.started {
			starts = at.AddDate(0, 0, 10*(i+1))
		}
		d := maintenance.Details{StartsAt: starts, EndsAt: starts.AddDate(0, 0, 2), Reason: "service", Note: v.note, Vendor: "Northside Auto"}
		made, err := w.Maintenance.Plan(ctx, w.Actor, car, d, nil, at)
		if err == nil && v.started {
			made, err = w.Maintenance.Start(ctx, w.Actor, made.ID, nil, 0, at)
		}
		if err != nil {
			return err
		}
		w.Windows[v.note] = made
	}
	for _, v := range issues {
		made, err := w.App.Issues.Report(ctx, w.Actor, car, issue.Details{Title: v.title, Type: "damage"}, at)
		for _, to := range v.moves {
			if err == nil {
				made, err = w.App.Issues.Move(ctx, w.Actor, made.ID, to, 0, at)
			}
		}
		if err != nil {
			return err
		}
		w.Issues[v.title] = made
	}
	for _, name := range []string{"to edit", "to complete", "to skip", "to save on its page", "to complete on its page", "to skip on its page"} {
		d := reminder.Details{Name: name, IntervalDays: 180, LastDone: span.DateOf(at.AddDate(0, 0, -20)), Recurring: true}
		if w.Reminders[name], err = w.App.Reminders.Schedule(ctx, w.Actor, car, d, at); err != nil {
			return err
		}
	}
	for _, name := range []string{"Tyres", "to edit", "to delete", "to save on its page", "to delete on its page"} {
		t, err := w.App.Reminders.CreateTemplate(ctx, w.Actor, reminder.TemplateDetails{Name: name, IntervalDays: 365, Recurring: true, Categories: []string{w.Categories["luxury-cars"].ID}}, at)
		if err != nil {
			return err
		}
		w.Templates[name] = t
	}
	return nil
}
