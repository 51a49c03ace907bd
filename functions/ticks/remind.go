package ticks

import (
	"context"

	"motorpool/shared/api"
	"motorpool/shared/workspace"
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
	return inEach(ctx, j, func(w *workspace.Workspace) error {
		if j.Now.In(w.Location()).Hour() < morning {
			return nil
		}
		return j.Reminders.Remind(ctx, w.ID, j.Now)
	})
}
