package app

import (
	"context"
	"time"

	"motorpool/shared/calendar"
	"motorpool/shared/span"
	"motorpool/shared/workspace"
)

// doing tells fleet what assets are doing at an instant.
func doing(days *calendar.Service) func(workspace string, at time.Time) func(ctx context.Context, asset string) (string, error) {
	return func(workspace string, at time.Time) func(context.Context, string) (string, error) {
		walk := days.Walk(workspace, at)
		return func(ctx context.Context, asset string) (string, error) {
			s, err := walk(ctx, asset)
			return string(s), err
		}
	}
}

// today is the day that it is in a workspace.
func today(spaces *workspace.Service) func(context.Context, string, time.Time) (span.Date, error) {
	return func(ctx context.Context, id string, at time.Time) (span.Date, error) {
		w, err := spaces.Get(ctx, id)
		if err != nil {
			return span.Date{}, err
		}
		return span.DateOf(at.In(w.Location())), nil
	}
}
