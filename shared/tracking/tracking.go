// Package tracking knows the devices that are fitted to assets, and the journeys
// they report. What holds at all times:
//
//   - a provider's serial number is one device;
//   - a device is fitted to one asset at the most, and an asset has one device
//     of a provider at the most; fitting closes what was before;
//   - one device of an asset counts, however many are fitted, so that nothing is
//     driven twice;
//   - a device has one journey at a given start, however often it is sent;
//   - a journey that cannot have been driven is kept, says why, and counts for
//     nothing.
//
// Where somebody drove is personal data: only who may see tracking sees it, and
// it is gone after 13 months. Distances outlive it, in odometer, which knows no
// places.
package tracking

import (
	"strings"
	"time"
	"unicode/utf8"

	"motorpool/events"
	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/pattern"
)

// State is what follows from the rest of a device; people set only faults and
// retirement.
type State string

// The states of a device.
const (
	Unassigned State = "unassigned"
	Active     State = "active"
	Stale      State = "stale" // fitted, and silent for more than 24 hours
	Faulty     State = "faulty"
	Retired    State = "retired"
)

// States are all of them, in the order in which people read them.
var States = []State{Active, Stale, Faulty, Unassigned, Retired}

// silence is how long a fitted device may say nothing.
const silence = 24 * time.Hour

// Fitting is a time during which a device was in an asset.
type Fitting struct {
	Asset  string    `json:"asset"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to,omitzero"` // zero: it still is
	Counts bool      `json:"counts"`      // the asset's odometer goes by it
}

func (f Fitting) covers(at time.Time) bool {
	return !at.Before(f.From) && (f.To.IsZero() || at.Before(f.To))
}

// maxFittings is how often a device may move. Its item must not grow for ever.
const maxFittings = 500

// Device is one tracking device.
type Device struct {
	ID        string    `json:"id"`
	Workspace string    `json:"workspace"`
	Provider  string    `json:"provider"`
	Serial    string    `json:"serial"`
	Label     string    `json:"label,omitempty"`
	Fittings  []Fitting `json:"fittings,omitempty"` // oldest first; only the last may be open
	LastSeen  time.Time `json:"last_seen,omitzero"` // the end of its latest journey
	Faulty    bool      `json:"faulty,omitempty"`
	Silent    bool      `json:"silent,omitempty"` // it has been told that the device is stale
	Retired   time.Time `json:"retired,omitzero"`
	Created   time.Time `json:"created"`
	Updated   time.Time `json:"updated"`
	Version   int64     `json:"-"`

	was    *Device // as it was loaded; nil if it is new
	news   []events.Event
	action string // what the audit log calls the change
}

// Draft is what a new device is made of.
type Draft struct {
	Provider string `json:"provider" doc:"Whose device it is: a lower-case word" example:"teltonika"`
	Serial   string `json:"serial" doc:"The serial number on it, made upper case: 3 to 40 letters, digits and . _ : -" example:"352093081452321"`
	Label    string `json:"label,omitempty" doc:"What you call it, at most 100 characters"`
}

var (
	providerForm = pattern.New(`^[a-z][a-z0-9-]{0,29}$`)
	serialForm   = pattern.New(`^[A-Z0-9._:-]{3,40}$`)
)

func normal(provider, serial string) (string, string) {
	return strings.ToLower(strings.TrimSpace(provider)), strings.ToUpper(strings.TrimSpace(serial))
}

func create(id, workspace string, d Draft, at time.Time) (*Device, error) {
	v := &Device{ID: id, Workspace: workspace, Label: strings.TrimSpace(d.Label), Created: at.UTC(), Updated: at.UTC(), Version: 1, action: "device.created"}
	v.Provider, v.Serial = normal(d.Provider, d.Serial)
	switch {
	case !providerForm(v.Provider):
		return nil, fault.New(fault.Invalid, "device.provider", "Name the provider by one lower-case word of at most 30 letters, digits and hyphens.").At("provider")
	case !serialForm(v.Serial):
		return nil, fault.New(fault.Invalid, "device.serial", "Give the serial number on the device: 3 to 40 letters, digits, dots, colons, hyphens and underscores.").At("serial")
	case utf8.RuneCountInString(v.Label) > 100 || !form.Line(v.Label):
		return nil, fault.New(fault.Invalid, "device.label", "Use at most 100 characters.").At("label")
	}
	return v, nil
}

// fitted is where d is now, or nil.
func (d *Device) fitted() *Fitting {
	if n := len(d.Fittings); n > 0 && d.Fittings[n-1].To.IsZero() {
		return &d.Fittings[n-1]
	}
	return nil
}

// Asset is the asset in which d is now; empty if it is in none.
func (d *Device) Asset() string {
	if f := d.fitted(); f != nil {
		return f.Asset
	}
	return ""
}

// State says what state d is in.
func (d *Device) State() State {
	switch {
	case !d.Retired.IsZero():
		return Retired
	case d.Faulty:
		return Faulty
	case d.fitted() == nil:
		return Unassigned
	case d.Silent:
		return Stale
	}
	return Active
}

// heard is when d was last heard of, or fitted if that is later.
func (d *Device) heard() time.Time {
	if f := d.fitted(); f != nil && f.From.After(d.LastSeen) {
		return f.From
	}
	return d.LastSeen
}

// where says in which asset d was at an instant; nil if in none.
func (d *Device) where(at time.Time) *Fitting {
	for i := len(d.Fittings) - 1; i >= 0; i-- {
		if d.Fittings[i].covers(at) {
			return &d.Fittings[i]
		}
	}
	return nil
}

// fit puts d into an asset, from whatever it was in before.
func (d *Device) fit(asset string, counts bool, at time.Time) error {
	if !d.Retired.IsZero() {
		return fault.New(fault.Conflict, "device.retired", "This device is retired and cannot be fitted any more.")
	}
	if len(d.Fittings) >= maxFittings {
		return fault.New(fault.Conflict, "device.fittings", "This device has been moved %d times. Retire it, and add it anew under another label.", maxFittings)
	}
	d.leave(at)
	was := d.Object()
	d.Fittings = append(d.Fittings, Fitting{Asset: asset, From: at.UTC(), Counts: counts})
	d.Silent = false
	is := d.changed("device.assigned", at)
	d.news = append(d.news, events.DeviceAssigned{Object: is, Previous: events.Differences(was, is)})
	return nil
}

// leave takes d out of the asset it is in, if any.
func (d *Device) leave(at time.Time) {
	f := d.fitted()
	if f == nil {
		return
	}
	was := d.Object()
	f.To, d.Silent = later(at.UTC(), f.From), false
	is := d.changed("device.unassigned", at)
	d.news = append(d.news, events.DeviceUnassigned{Object: is, Previous: events.Differences(was, is)})
}

// succeed has d count for the asset that it is in already.
func (d *Device) succeed(at time.Time) {
	if f := d.fitted(); f != nil && !f.Counts {
		f.To = later(at.UTC(), f.From)
		d.Fittings = append(d.Fittings, Fitting{Asset: f.Asset, From: f.To, Counts: true})
		d.changed("device.counts", at)
	}
}

// report says that d is broken, or well again.
func (d *Device) report(faulty bool, at time.Time) error {
	if !d.Retired.IsZero() {
		return fault.New(fault.Conflict, "device.retired", "This device is retired.")
	}
	if d.Faulty != faulty {
		d.Faulty = faulty
		d.changed(map[bool]string{true: "device.faulty", false: "device.repaired"}[faulty], at)
	}
	return nil
}

// retire takes d out of use, for good.
func (d *Device) retire(at time.Time) {
	if d.Retired.IsZero() {
		d.leave(at)
		d.Retired = at.UTC()
		d.changed("device.retired", at)
	}
}

// hush says that d has been silent for too long; once until it is heard again.
func (d *Device) hush(at time.Time) bool {
	if d.State() != Active || at.Sub(d.heard()) <= silence {
		return false
	}
	was := d.Object()
	d.Silent = true
	is := d.changed("device.stale", at)
	d.news = append(d.news, events.DeviceStale{Object: is, Previous: events.Differences(was, is)})
	return true
}

// hear takes note of a journey's end.
func (d *Device) hear(until, at time.Time) {
	if until.After(d.LastSeen) {
		d.LastSeen = until
		d.Silent = d.Silent && at.Sub(until) > silence
		d.Version++
	}
}

func (d *Device) changed(action string, at time.Time) events.Device {
	if d.action == "" {
		d.action = action // several moves are one change
		d.Version++
	}
	d.Updated = at.UTC()
	return d.Object()
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Object is d as the outside sees it: in events and in answers of the API.
func (d *Device) Object() events.Device {
	o := events.Device{
		ID: d.ID, Provider: d.Provider, Serial: d.Serial, Label: d.Label, State: string(d.State()), Asset: d.Asset(),
		LastSeenAt: d.LastSeen, RetiredAt: d.Retired, CreatedAt: d.Created, UpdatedAt: d.Updated, Version: d.Version,
	}
	if f := d.fitted(); f != nil {
		o.AttachedAt, o.Counts = f.From, f.Counts
	}
	return o
}
