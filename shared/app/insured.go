package app

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/outbox"
	"motorpool/shared/reminder"
)

// insured sees to it that each asset which a policy names, or named until now, has
// a reminder of the day on which its insurance ends. A policy of the whole fleet
// makes none: it ends for all at once, and insurance itself writes of it. Doing it
// again does nothing.
func (a *App) insured(ctx context.Context, workspace string, e outbox.Stored, at time.Time) error {
	w, err := a.Workspaces.Get(ctx, workspace)
	if err != nil || !w.Left.IsZero() {
		return err
	}
	env, err := e.Envelope()
	if err != nil {
		return err
	}
	var told struct {
		Object, Previous struct {
			Assets []string `json:"assets"`
		}
	}
	if err := json.Unmarshal(env.Data, &told); err != nil {
		return err
	}
	var failed []error
	for _, asset := range append(told.Object.Assets, told.Previous.Assets...) {
		on, err := a.Insurance.LastDay(ctx, workspace, asset)
		if err == nil {
			err = a.Reminders.Follow(ctx, workspace, asset, reminder.Insurance, on, at)
		}
		if c := fault.CodeOf(err); c == "asset.not_found" || c == "asset.archived" {
			continue // what has left the fleet needs nothing
		}
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

// ofInsurance reports whether an event may say that an asset's insurance ends on
// another day.
func ofInsurance(e outbox.Stored) bool { return strings.HasPrefix(e.Type, "insurance_policy.") }
