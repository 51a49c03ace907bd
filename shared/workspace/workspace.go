// Package workspace holds the tenants. A workspace is the wall between one
// operator and the next: it has a name, a mode (live or test), a time zone and
// settings, and everything else in the product belongs to exactly one.
//
// The package promises that a workspace always has a name of 1 to 100
// characters, a time zone that exists, and details and settings within their
// limits; that its country and currency stay once an invoice has been issued;
// and that a change made from a stale copy is refused. What details, settings
// and features do is left to those who read them. The time zones must be there: where the system has
// none, as on Lambda, the binary brings them (time/tzdata).
package workspace

import (
	"time"

	"motorpool/shared/audit"
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
	ID       string `json:"id"`
	Name     string `json:"name"`
	Mode     Mode   `json:"mode"`
	TimeZone string `json:"time_zone"` // an IANA name: "Australia/Sydney"
	Details
	Settings Settings  `json:"settings"`
	Features Features  `json:"features"`
	Created  time.Time `json:"created_at"`
	Left     time.Time `json:"left_at,omitzero"` // since when it lives in another house, and nothing may change here; zero: it lives here
	Version  int64     `json:"-"`

	Returning int64 `json:"returning,omitzero"` // the version that made it live here again, while work that was dropped is still to be carried on; else zero
}

// Settings are what an administrator of the workspace may tune.
type Settings struct {
	RetentionDays    int  `json:"retention_days" minimum:"1" maximum:"365" doc:"How many days events and webhook deliveries are kept" example:"90"`
	DisableAfterDays int  `json:"disable_after_days" minimum:"0" maximum:"30" doc:"An endpoint whose deliveries have all failed for so many days is disabled; 0 is never" example:"5"`
	AutoRecover      bool `json:"auto_recover" doc:"Whether what was lost is sent by itself once an endpoint answers again"`
	RequireMFA       bool `json:"require_mfa" doc:"Whether people give a code of their phone when they sign in; who has no app yet sets one up first"`
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

func (c Changes) edit(f *Form) error {
	change(&f.Name, c.Name)
	change(&f.TimeZone, c.TimeZone)
	change(&f.Settings.RetentionDays, c.RetentionDays)
	change(&f.Settings.DisableAfterDays, c.DisableAfterDays)
	change(&f.Settings.AutoRecover, c.AutoRecover)
	change(&f.Settings.RequireMFA, c.RequireMFA)
	return nil
}

func change[T any](at, to *T) {
	if to != nil {
		*at = *to
	}
}

// New makes a workspace of d, or says what is wrong with every field of it.
func New(id string, d Draft, at time.Time) (*Workspace, error) {
	w := &Workspace{ID: id, Name: d.Name, Mode: d.Mode, TimeZone: d.TimeZone, Details: usual, Settings: Defaults, Created: at}
	if w.TimeZone == "" {
		w.TimeZone = "UTC"
	}
	return w, w.check()
}

// Form is what may be changed of w.
func (w *Workspace) Form() Form { return Form{w.Name, w.TimeZone, w.Details, w.Settings, w.Features} }

// Fill makes w what f says, and returns what changed, field by field. If anything
// is wrong it returns fault.Invalid and leaves w as it was.
func (w *Workspace) Fill(f Form) ([]audit.Change, error) {
	next := *w
	next.Name, next.TimeZone, next.Details, next.Settings, next.Features = f.Name, f.TimeZone, f.Details, f.Settings, f.Features
	if err := next.check(); err != nil {
		return nil, err
	}
	done, err := audit.Diff(w.Form(), next.Form())
	if err == nil {
		*w = next
	}
	return done, err
}
