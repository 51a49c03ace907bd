// Package workspace holds the tenants. A workspace is the wall between one
// operator and the next: it has a name, a mode (live or test), a time zone and
// settings, and everything else in the product belongs to exactly one.
//
// The package promises that a workspace always has a name of 1 to 100
// characters, a time zone that exists and settings within their limits, and
// that a change made from a stale copy is refused. What the settings do is left
// to those who read them. The time zones must be there: where the system has
// none, as on Lambda, the binary brings them (time/tzdata).
package workspace

import (
	"strings"
	"time"
	"unicode/utf8"

	"motorpool/shared/audit"
	"motorpool/shared/fault"
)

// Mode says whether what happens in a workspace is real.
type Mode string

// The modes. A test workspace may send webhooks to plain http addresses.
const (
	Live Mode = "live"
	Test Mode = "test"
)

// Workspace is one tenant.
type Workspace struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Mode     Mode      `json:"mode"`
	TimeZone string    `json:"time_zone"` // an IANA name: "Australia/Sydney"
	Settings Settings  `json:"settings"`
	Created  time.Time `json:"created_at"`
	Left     time.Time `json:"left_at,omitzero"` // since when it lives in another house, and nothing may change here; zero: it lives here
	Version  int64     `json:"-"`

	Returning int64 `json:"returning,omitzero"` // the version that made it live here again, while work that was dropped is still to be carried on; else zero
}

// Settings are what an administrator of the workspace may tune.
type Settings struct {
	RetentionDays    int  `json:"retention_days"`     // how long events and deliveries are kept: 1 to 365
	DisableAfterDays int  `json:"disable_after_days"` // disable an endpoint that has failed for so long: 1 to 30; 0 is never
	AutoRecover      bool `json:"auto_recover"`       // send what was lost as soon as an endpoint answers again
	RequireMFA       bool `json:"require_mfa"`        // who works here gives a code of their phone when they sign in
}

// Defaults are the settings of a new workspace.
var Defaults = Settings{RetentionDays: 90, DisableAfterDays: 5}

// Location returns the workspace's time zone.
func (w *Workspace) Location() *time.Location {
	loc, err := time.LoadLocation(w.TimeZone)
	if err != nil { // only a zone that was removed from the database since it was checked
		return time.UTC
	}
	return loc
}

// Draft is what a new workspace is made of. An empty TimeZone is UTC.
type Draft struct {
	Name     string
	Mode     Mode
	TimeZone string
}

// Changes are the fields to change; nil leaves one as it is.
type Changes struct {
	Name             *string
	TimeZone         *string
	RetentionDays    *int
	DisableAfterDays *int
	AutoRecover      *bool
	RequireMFA       *bool
}

// New makes a workspace of d, or says what is wrong with every field of it.
func New(id string, d Draft, at time.Time) (*Workspace, error) {
	w := &Workspace{ID: id, Name: strings.TrimSpace(d.Name), Mode: d.Mode, TimeZone: d.TimeZone, Settings: Defaults, Created: at}
	if w.TimeZone == "" {
		w.TimeZone = "UTC"
	}
	return w, w.check()
}

// Apply changes w and returns what changed, field by field. If anything is
// wrong it returns fault.Invalid and leaves w as it was.
func (w *Workspace) Apply(c Changes) ([]audit.Change, error) {
	next := *w
	var done []audit.Change
	change(&done, "name", &next.Name, c.Name)
	next.Name = strings.TrimSpace(next.Name)
	change(&done, "time_zone", &next.TimeZone, c.TimeZone)
	change(&done, "settings.retention_days", &next.Settings.RetentionDays, c.RetentionDays)
	change(&done, "settings.disable_after_days", &next.Settings.DisableAfterDays, c.DisableAfterDays)
	change(&done, "settings.auto_recover", &next.Settings.AutoRecover, c.AutoRecover)
	change(&done, "settings.require_mfa", &next.Settings.RequireMFA, c.RequireMFA)
	if err := next.check(); err != nil {
		return nil, err
	}
	*w = next
	return done, nil
}

func change[T comparable](done *[]audit.Change, field string, at, to *T) {
	if to == nil || *to == *at {
		return
	}
	*done = append(*done, audit.Change{Field: field, From: *at, To: *to})
	*at = *to
}

func (w *Workspace) check() error {
	wrong := fault.New(fault.Invalid, "workspace.invalid", "Some settings are not right; see errors.")
	if n := utf8.RuneCountInString(w.Name); n == 0 || n > 100 || !utf8.ValidString(w.Name) {
		wrong.Fields = append(wrong.Fields, fault.Field{Name: "name", Reason: "Give a name of 1 to 100 characters."})
	}
	if w.Mode != Live && w.Mode != Test {
		wrong.Fields = append(wrong.Fields, fault.Field{Name: "mode", Reason: "A workspace is live or test."})
	}
	if _, err := time.LoadLocation(w.TimeZone); err != nil || w.TimeZone == "" || w.TimeZone == "Local" {
		wrong.Fields = append(wrong.Fields, fault.Field{Name: "time_zone", Reason: "Give an IANA time zone, for example Australia/Sydney."})
	}
	if d := w.Settings.RetentionDays; d < 1 || d > 365 {
		wrong.Fields = append(wrong.Fields, fault.Field{Name: "settings.retention_days", Reason: "Keep events for 1 to 365 days."})
	}
	if d := w.Settings.DisableAfterDays; d < 0 || d > 30 {
		wrong.Fields = append(wrong.Fields, fault.Field{Name: "settings.disable_after_days", Reason: "Disable after 1 to 30 days, or give 0 for never."})
	}
	if len(wrong.Fields) > 0 {
		return wrong
	}
	return nil
}
