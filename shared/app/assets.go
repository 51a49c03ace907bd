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

// references are the nouns that may have said something of an asset.
type references []struct {
	what   string // as people call it
	refers func(ctx context.Context, workspace, asset string) (bool, error)
}

// To names what refers to the asset.
func (all references) To(ctx context.Context, workspace, asset string) (by []string, err error) {
	for _, r := range all {
		refers, err := r.refers(ctx, workspace, asset)
		if err != nil {
			return nil, err
		}
		if refers {
			by = append(by, r.what)
		}
	}
	return by, nil
}
