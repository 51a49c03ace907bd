package seed

import (
	"context"
	"encoding/json"
	"time"

	"motorpool/shared/document"
	"motorpool/shared/expense"
	"motorpool/shared/fleet"
	"motorpool/shared/identity"
	"motorpool/shared/inspection"
	"motorpool/shared/insurance"
	"motorpool/shared/odometer"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
	"motorpool/shared/tracking"
)

// past is what a workspace gathers as it goes: journeys, moves, corrections,
// what it has settled for itself, and what was asked for.
func (w *World) past(ctx context.Context, _ string) error {
	at := w.clock.ago(0)
	today := span.DateOf(at)
	for _, step := range []func() error{
		func() error {
			_, err := w.Fleet.Transfer(ctx, w.Actor, w.Assets["HC-201"].ID, w.Locations["CITY"].ID, fleet.Way{Reason: "Needed there"}, 0, at)
			return err
		},
		func() error { return w.drive(ctx, at) },
		func() error { return w.mistake(ctx, at) },
		func() error {
			_, err := w.Tracking.Believe(ctx, w.Actor, tracking.Rules{MetresPer30Minutes: 120_000}, at)
			return err
		},
		func() error {
			_, err := w.App.Documents.Set(ctx, w.Actor, func(s *document.Said) error {
				s.LiveOnly = false
				s.Rules["licence"] = document.Rule{On: true, DaysBefore: []int{30, 7, 0}, Recipients: []string{"customer", "manager"}}
				s.Rules["registration"] = document.Rule{On: true, DaysBefore: []int{30, 7, 0}, Recipients: []string{"manager"}}
				return nil
			}, 0, at)
			return err
		},
		func() error {
			_, err := w.App.Expenses.PutItem(ctx, w.Actor, expense.Item{Code: "polish", Name: "Polish"}, at)
			return err
		},
		func() error {
			_, err := w.App.Insurance.Insure(ctx, w.Actor, insurance.Terms{
				Insurer: "Harbour Mutual", Number: "fleet", Kind: "liability", WholeFleet: true, Start: today.Plus(-340), End: today.Plus(20),
			}, at)
			return err
		},
		func() error {
			return w.App.Reminders.Follow(ctx, w.Workspace.ID, w.Assets["HC-107"].ID, reminder.Insurance, today.Plus(165), at)
		},
		func() error {
			_, err := w.App.Reminders.Schedule(ctx, w.Actor, w.Assets["HC-107"].ID, reminder.Details{Name: "overdue", IntervalDays: 30, LastDone: today.Plus(-60), Recurring: true}, at)
			return err
		},
		func() error {
			_, _, err := w.App.Reminders.Apply(ctx, w.Actor, w.Templates["Tyres"].ID, at)
			return err
		},
		func() error {
			_, err := w.App.Inspections.Begin(ctx, w.Actor, inspection.Order{
				Asset: w.Assets["HC-107"].ID, Template: w.Forms["In use"].ID, Booking: w.clock.id("bkg"), Plan: true,
			}, at)
			return err
		},
		func() error { return w.mornings(ctx, at) },
		func() error { return w.App.Identities.Ask(ctx, identity.SignIn, ownerEmail, at) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// drive takes a journey of a device.
func (w *World) drive(ctx context.Context, at time.Time) error {
	ends := at.Add(-2 * time.Hour).Truncate(time.Second)
	_, err := w.Tracking.Ingest(ctx, w.Actor, []tracking.Report{{Provider: "teltonika", Serial: "HCT-0001", Start: ends.Add(-time.Hour), End: ends, Metres: 41_250}}, at)
	return err
}

// mistake reads an odometer wrongly, and corrects it.
func (w *World) mistake(ctx context.Context, at time.Time) error {
	car := w.Assets["HC-104"].ID
	r, _, err := w.App.Odometer.Record(ctx, w.Actor, car, odometer.Draft{Value: 84_211, Note: "Return"}, at.Add(-time.Hour))
	if err == nil {
		_, _, err = w.App.Odometer.Supersede(ctx, w.Actor, car, r.ID, odometer.Correction{Value: 48_211, Note: "Digits exchanged"}, 0, at)
	}
	return err
}

// mornings tells what expires, as it was two days ago: papers that were handed in
// on the day before that, a week before their last day.
func (w *World) mornings(ctx context.Context, at time.Time) error {
	today := span.DateOf(at)
	for _, p := range []struct {
		owner document.Owner
		typ   string
	}{{document.Owner{Type: "person", ID: w.Customers["Amira"].ID}, "licence"}, {document.Owner{Type: "asset", ID: w.Assets["HC-201"].ID}, "registration"}} {
		if _, err := w.App.Documents.Add(ctx, w.Actor, p.owner, p.typ, document.Details{Number: "EXP-1", Country: "AU", State: "NSW", Expires: today.Plus(5)}, w.clock.ago(3*day)); err != nil {
			return err
		}
	}
	w.clock.ago(0)
	local := at.In(w.Workspace.Location()).AddDate(0, 0, -2)
	then := time.Date(local.Year(), local.Month(), local.Day(), 8, 0, 0, 0, local.Location())
	for _, noun := range []struct {
		tick func(context.Context, string, time.Time) error
		work func(context.Context, json.RawMessage, time.Time) error
	}{{w.App.Documents.Tick, w.App.Documents.RunJob}, {w.App.Insurance.Tick, w.App.Insurance.RunJob}} {
		n := len(w.sent.jobs)
		if err := noun.tick(ctx, w.Workspace.ID, then); err != nil {
			return err
		}
		for ; n < len(w.sent.jobs); n++ {
			if err := noun.work(ctx, w.sent.jobs[n].Body, then); err != nil {
				return err
			}
		}
	}
	return nil
}
