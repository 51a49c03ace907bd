package ticks

import (
	"context"
	"errors"
	"fmt"

	"motorpool/shared/api"
)

// Remind tells what services have become due, from six in the morning on in
// each workspace's time zone. What it told of it does not tell again, so that it
// can go on an hour later, and catches up after an outage.
var Remind = api.Tick{
	Name:     "ticks.remind",
	About:    "Tells which services, registrations, insurances and warranties have become due, from 06:00 on in the workspace's time zone.",
	Schedule: "rate(1 hour)",
	Handle:   remind,
}

const morning = 6 // o'clock

func remind(ctx context.Context, j *api.Job) error {
	all, err := j.Workspaces.List(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, w := range all {
		if j.Now.In(w.Location()).Hour() < morning || !w.Left.IsZero() {
			continue
		}
		if err := j.Reminders.Remind(ctx, w.ID, j.Now); err != nil {
			errs = append(errs, fmt.Errorf("workspace %s: %w", w.ID, err))
		}
	}
	return errors.Join(errs...)
}
