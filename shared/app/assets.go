package app

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fleet"
	"motorpool/shared/odometer"
	"motorpool/shared/photo"
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

// heirs give to copies of assets what is not said of these, and yet is theirs.
type heirs struct {
	odometer *odometer.Service
	photos   *photo.Service
}

// Inherit is for fleet.Heirs.
func (h heirs) Inherit(ctx context.Context, actor access.Actor, from, to string, odometer, photos bool, at time.Time) (cover string, ops []table.Op, err error) {
	if odometer {
		if ops, err = h.odometer.Carry(ctx, actor, from, to, at); err != nil {
			return "", nil, err
		}
	}
	if !photos {
		return "", ops, nil
	}
	cover, more, err := h.photos.Copy(ctx, actor, from, to, at)
	return cover, append(ops, more...), err
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
