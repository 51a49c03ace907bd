package app

import (
	"context"

	"motorpool/shared/access"
	"motorpool/shared/fleet"
	"motorpool/shared/odometer"
	"motorpool/shared/table"
	"motorpool/shared/tracking"
)

// vehicles is the fleet, and says of it what only the odometer asks.
type vehicles struct{ *fleet.Service }

func (a vehicles) Unit(ctx context.Context, actor access.Actor, id string) (string, error) {
	asset, err := a.Find(ctx, actor, id)
	if err != nil {
		return "", err
	}
	return asset.DistanceUnit, nil
}

// counted tells the odometer of journeys.
type counted struct{ odometer *odometer.Service }

func (c counted) Drive(ctx context.Context, workspace, asset string, journeys []*tracking.Journey) ([]table.Op, error) {
	trips := make([]odometer.Trip, len(journeys))
	for i, j := range journeys {
		trips[i] = odometer.Trip{Device: j.Device, Serial: j.Serial, Start: j.Start, End: j.End, Metres: j.Metres}
	}
	return c.odometer.Drive(ctx, workspace, asset, trips)
}
