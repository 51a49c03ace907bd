package seed

import (
	"context"

	"motorpool/shared/odometer"
	"motorpool/shared/tracking"
)

// devices are enough that each call which changes one has one of its own, and
// that one of those in assets has been silent for days.
var devices = []struct{ serial, asset string }{
	{"HCT-0001", "HC-101"},
	{"HCT-0002", "HC-104"},
	{"HCT-0003", "HC-106"},
	{"HCT-0004", ""},
	{"HCT-0005", ""},
	{"HCT-0006", ""},
	{"HCT-0007", "HC-109"},
}

// track reads some odometers and puts devices into cars.
func (w *World) track(ctx context.Context, _ string) error {
	at := w.clock.ago(10 * day)
	for _, number := range []string{"HC-101", "HC-107", "HC-111"} {
		made, _, err := w.App.Odometer.Record(ctx, w.Actor, w.Assets[number].ID, odometer.Draft{Value: 48_000, Note: "Handover"}, at)
		if err != nil {
			return err
		}
		w.Readings[number] = made
	}
	for _, d := range devices {
		made, err := w.Tracking.Register(ctx, w.Actor, tracking.Draft{Provider: "teltonika", Serial: d.serial}, at)
		if err == nil && d.asset != "" {
			made, err = w.Tracking.Fit(ctx, w.Actor, made.ID, w.Assets[d.asset].ID, 0, at)
		}
		if err != nil {
			return err
		}
		w.Devices[d.serial] = made
	}
	return nil
}
