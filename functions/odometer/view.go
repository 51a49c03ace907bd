package odometer

import (
	"time"

	"motorpool/events"
	"motorpool/shared/odometer"
)

// readingView is a reading as answers show it: the object of its events.
type readingView struct{ events.OdometerReading }

// ETagVersion makes the ETag.
func (v readingView) ETagVersion() int64 { return v.Version }

func viewOf(r *odometer.Reading, total int64) readingView {
	if r == nil {
		return readingView{}
	}
	return readingView{odometer.Listed{Reading: r, Total: total}.Object()}
}

// pointView is what an odometer shows, or is believed to.
type pointView struct {
	Kind        string    `json:"kind" enum:"actual,estimated" doc:"Read by somebody, or reckoned from the trips since then"`
	At          time.Time `json:"at" doc:"The instant it is meant for; without one, of the latest that is known"`
	Value       int64     `json:"value" doc:"In the asset's unit, rounded to the nearest, halves up" example:"48251"`
	Unit        string    `json:"unit" enum:"km,mi" example:"km"`
	Metres      int64     `json:"metres" example:"48250700"`
	TotalMetres int64     `json:"total_metres" doc:"Through all clusters the asset has had" example:"48250700"`
	LastReading string    `json:"last_reading" doc:"The actual reading that it goes by" example:"odo_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	LastReadAt  time.Time `json:"last_read_at"`
}

func pointOf(p odometer.Point, unit string) pointView {
	kind := "actual"
	if p.Estimated {
		kind = "estimated"
	}
	return pointView{
		Kind: kind, At: p.At, Value: odometer.Shown(p.Metres, unit), Unit: unit, Metres: p.Metres,
		TotalMetres: p.Total, LastReading: p.Last.ID, LastReadAt: p.Last.At,
	}
}
