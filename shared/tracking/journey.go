package tracking

import (
	"strconv"
	"strings"
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
)

// Why a journey counts for nothing.
const (
	Impossible  = "impossible"   // faster than the workspace believes
	Unfitted    = "unassigned"   // the device was in no asset when it began
	OtherCounts = "other_device" // another device of the asset counts
)

// Journey is one trip that a device reported.
type Journey struct {
	ID       string    `json:"id"`
	Device   string    `json:"device"`
	Provider string    `json:"provider"`
	Serial   string    `json:"serial"`
	Asset    string    `json:"asset,omitempty"`
	Start    time.Time `json:"start"` // whole seconds
	End      time.Time `json:"end"`
	Metres   int64     `json:"metres"`
	From     *Place    `json:"from,omitempty"`
	To       *Place    `json:"to,omitempty"`
	Ignored  string    `json:"ignored,omitempty"`
	Billed   bool      `json:"billed,omitempty"` // it came after its period was billed: it is on the odometer and on no invoice
	Received time.Time `json:"received"`
}

// Place is where a journey began or ended, in millionths of a degree.
type Place struct {
	Latitude  int64 `json:"lat"`
	Longitude int64 `json:"lon"`
}

// Position is a place as people write it: decimal degrees, as text.
type Position struct {
	Latitude  string `json:"latitude" doc:"Decimal degrees, north positive, with at most 6 places" example:"-33.868820"`
	Longitude string `json:"longitude" doc:"Decimal degrees, east positive" example:"151.209290"`
}

func (p *Position) place(field string) (*Place, error) {
	if p == nil {
		return nil, nil
	}
	lat, ok := degrees(p.Latitude, 90)
	lon, fine := degrees(p.Longitude, 180)
	if !ok || !fine {
		return nil, fault.New(fault.Invalid, "journey.place", "Give a latitude from -90 to 90 and a longitude from -180 to 180 as decimal degrees with at most 6 places.").At(field)
	}
	return &Place{lat, lon}, nil
}

// degrees reads "-33.868820" as -33868820.
func degrees(s string, most int64) (int64, bool) {
	digits, negative := strings.CutPrefix(s, "-")
	whole, rest, _ := strings.Cut(digits, ".")
	if whole == "" || len(whole) > 3 || len(rest) > 6 {
		return 0, false
	}
	n, err := strconv.ParseUint(whole+rest+strings.Repeat("0", 6-len(rest)), 10, 32)
	if err != nil || int64(n) > most*1_000_000 {
		return 0, false
	}
	if negative {
		return -int64(n), true
	}
	return int64(n), true
}

func written(micro int64) string {
	sign := ""
	if micro < 0 {
		sign, micro = "-", -micro
	}
	text := strconv.FormatInt(micro, 10)
	if len(text) < 7 {
		text = strings.Repeat("0", 7-len(text)) + text
	}
	return sign + text[:len(text)-6] + "." + text[len(text)-6:]
}

// Position is p as people write it; nil for no place.
func (p *Place) Position() *Position {
	if p == nil {
		return nil
	}
	return &Position{written(p.Latitude), written(p.Longitude)}
}

// Report is what a provider says of one trip.
type Report struct {
	Provider string    `json:"provider" example:"teltonika"`
	Serial   string    `json:"serial" example:"352093081452321"`
	Start    time.Time `json:"start" doc:"When the trip began, to the second. A device has one journey at a start, however often it is sent"`
	End      time.Time `json:"end" doc:"When it ended: later, by 24 hours at the most"`
	Metres   int64     `json:"metres" doc:"How far it was. The device's own odometer is not asked for" example:"12450"`
	From     *Position `json:"from,omitempty" doc:"Where it began"`
	To       *Position `json:"to,omitempty" doc:"Where it ended"`
}

const (
	longest  = 24 * time.Hour
	farthest = 10_000_000 // metres of one trip
	early    = 5 * time.Minute
	month13  = 13
)

// Rules are what a workspace believes.
type Rules struct {
	MetresPer30Minutes int64 `json:"metres_per_30_minutes" minimum:"10000" maximum:"1000000" doc:"A trip that is faster is ignored" example:"130000"`
}

// Usual is believed where a workspace says nothing: 260 km/h.
var Usual = Rules{MetresPer30Minutes: 130_000}

func (r Rules) check() error {
	if r.MetresPer30Minutes < 10_000 || r.MetresPer30Minutes > 1_000_000 {
		return fault.New(fault.Invalid, "tracking.metres_per_30_minutes", "Give from 10,000 to 1,000,000 metres in 30 minutes.").At("metres_per_30_minutes")
	}
	return nil
}

// believes reports whether a trip can have been driven.
func (r Rules) believes(j *Journey) bool {
	return j.Metres*30*60 <= r.MetresPer30Minutes*(j.End.Unix()-j.Start.Unix())
}

// journey reads a report, or says what is wrong with it.
func (p Report) journey(at time.Time) (*Journey, error) {
	j := &Journey{Start: p.Start.UTC().Truncate(time.Second), End: p.End.UTC().Truncate(time.Second), Metres: p.Metres, Received: at.UTC()}
	j.Provider, j.Serial = normal(p.Provider, p.Serial)
	switch {
	case !j.End.After(j.Start):
		return nil, fault.New(fault.Invalid, "journey.end", "A trip ends after it begins, by a second at least.").At("end")
	case j.End.Sub(j.Start) > longest:
		return nil, fault.New(fault.Invalid, "journey.end", "A trip lasts 24 hours at the most. Report it in parts.").At("end")
	case j.End.After(at.Add(early)):
		return nil, fault.New(fault.Invalid, "journey.future", "This trip ends in the future. Set the device's clock.").At("end")
	case j.End.AddDate(0, month13, 0).Before(at):
		return nil, fault.New(fault.Invalid, "journey.old", "Journeys are kept for 13 months, and this one is older.").At("end")
	case j.Metres < 0 || j.Metres > farthest:
		return nil, fault.New(fault.Invalid, "journey.metres", "Give from 0 to 10,000,000 metres.").At("metres")
	}
	var err error
	if j.From, err = p.From.place("from"); err == nil {
		j.To, err = p.To.place("to")
	}
	return j, err
}

// settle says whose journey j is and whether it counts.
func (j *Journey) settle(d *Device, r Rules) {
	j.Device = d.ID
	f := d.where(j.Start)
	if f != nil {
		j.Asset = f.Asset
	}
	switch {
	case f == nil:
		j.Ignored = Unfitted
	case !r.believes(j):
		j.Ignored = Impossible
	case !f.Counts:
		j.Ignored = OtherCounts
	}
}

// same reports whether the same trip was reported twice.
func (j *Journey) same(k *Journey) bool { return j.End.Equal(k.End) && j.Metres == k.Metres }

// Object is j as events tell of it: without places.
func (j *Journey) Object() events.Journey {
	return events.Journey{
		ID: j.ID, Device: j.Device, Provider: j.Provider, Serial: j.Serial, Asset: j.Asset, StartedAt: j.Start, EndedAt: j.End,
		Metres: j.Metres, IgnoredReason: j.Ignored, AfterBilling: j.Billed, ReceivedAt: j.Received, Version: 1,
	}
}

func (j *Journey) news() events.Event {
	if j.Ignored != "" {
		return events.JourneyIgnored{Object: j.Object()}
	}
	return events.JourneyCompleted{Object: j.Object()}
}
