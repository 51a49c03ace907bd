// Package issue keeps what is wrong with assets, from the moment somebody finds
// it until nothing remains to be done.
//
// An issue has a number that people can say, and moves only as its table of
// moves allows. One that endangers somebody offers to take the asset off
// booking, or to block it for maintenance, and forces neither.
//
// What it costs is noted here and charged elsewhere.
package issue

import (
	"fmt"
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/money"
	"motorpool/shared/span"
)

// Issue is something that is wrong with an asset.
type Issue struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	Number    string `json:"number"`
	Asset     string `json:"asset"`
	Details
	Inspection string    `json:"inspection,omitempty"` // which raised it
	Lent       []string  `json:"lent,omitempty"`       // photos that stay the inspection's
	State      State     `json:"state"`
	Resolved   time.Time `json:"resolved,omitzero"`
	Closed     time.Time `json:"closed,omitzero"` // or dismissed
	Created    time.Time `json:"created"`
	Updated    time.Time `json:"updated"`
	Version    int64     `json:"-"`

	was  *Issue
	news []events.Event
}

// Details is what people say of an issue.
type Details struct {
	Booking        string       `json:"booking,omitempty" doc:"The booking during which it was found"`
	Title          string       `json:"title" doc:"At most 150 characters" example:"Scratch on the left rear door"`
	Description    string       `json:"description,omitempty" doc:"At most 5,000 characters"`
	Type           string       `json:"type" doc:"damage, mechanical, tyre, cleaning, accident, fine, missing_item or other" example:"damage"`
	Severity       string       `json:"severity,omitempty" doc:"low, medium (unless you say otherwise), high or safety" example:"medium"`
	ReportedBy     string       `json:"reported_by,omitempty" doc:"Who found it" example:"Lena, at the return"`
	ReportedAt     time.Time    `json:"reported_at,omitzero" doc:"When it was found; now, unless you say otherwise"`
	Odometer       *int64       `json:"odometer,omitempty" doc:"In metres, when it was found" example:"48211000"`
	Photos         []string     `json:"photos,omitempty" doc:"Attachments that are ready: at most 20"`
	Assignee       string       `json:"assignee,omitempty" doc:"Who sees to it" example:"usr_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Due            span.Date    `json:"due,omitzero" format:"date" example:"2026-03-15"`
	EstimatedCost  money.Amount `json:"estimated_cost,omitzero"`
	ActualCost     money.Amount `json:"actual_cost,omitzero"`
	ChargeCustomer bool         `json:"charge_customer,omitempty" doc:"Whether the customer is to pay for it"`
	Vendor         string       `json:"vendor,omitempty" doc:"Who does the work" example:"Northside Auto"`
	Claim          string       `json:"claim,omitempty" doc:"The insurer's reference"`
}

// State is where an issue is on its way.
type State string

// The states of an issue.
const (
	Open       State = "open"
	InProgress State = "in_progress"
	Resolved   State = "resolved"
	Closed     State = "closed"
	Dismissed  State = "dismissed"
)

// States lists them in the order in which a board shows them.
var States = []State{Open, InProgress, Resolved, Closed, Dismissed}

// Types are what may be wrong.
var Types = []string{"damage", "mechanical", "tyre", "cleaning", "accident", "fine", "missing_item", "other"}

// Severities are how bad it may be, the worst last.
var Severities = []string{"low", "medium", "high", Safety}

// Safety is the severity of what endangers somebody.
const Safety = "safety"

// moves lists every move there is. What is not here is refused.
var moves = map[State][]State{
	Open:       {InProgress, Dismissed},
	InProgress: {Resolved, Dismissed},
	Resolved:   {Closed, Open},
}

// Unsettled reports whether something remains to be done about i.
func (i *Issue) Unsettled() bool { return i.State == Open || i.State == InProgress }

// Endangers reports whether the asset had better not be used.
func (i *Issue) Endangers() bool { return i.Severity == Safety && i.Unsettled() }

// Line is what people call i where there is one line for it.
func (i *Issue) Line() string { return i.Number + " " + i.Title }

func report(id, workspace, asset string, d Details, at time.Time) (*Issue, error) {
	d, err := d.checked(at)
	if err != nil {
		return nil, err
	}
	return &Issue{ID: id, Workspace: workspace, Asset: asset, Details: d, State: Open, Created: at, Updated: at, Version: 1}, nil
}

// Describe replaces what is said of i.
func (i *Issue) Describe(d Details, at time.Time) error {
	if i.State == Closed || i.State == Dismissed {
		return fault.New(fault.Conflict, "issue."+string(i.State), "This issue is %s and can no longer be changed.", i.State)
	}
	d, err := d.checked(at)
	if err == nil {
		i.Details = d
	}
	return err
}

// Move takes i to another state.
func (i *Issue) Move(to State, at time.Time) error {
	if !slices.Contains(moves[i.State], to) {
		return fault.New(fault.Conflict, "issue."+string(i.State), "This issue is %s; it cannot become %s.", i.State, to)
	}
	i.State = to
	switch to {
	case Resolved:
		i.Resolved = at
	case Closed, Dismissed:
		i.Closed = at
	case Open:
		i.Resolved = time.Time{}
	}
	return nil
}

const (
	maxPhotos   = 20
	maxOdometer = 10_000_000_000 // metres
)

func (d Details) checked(at time.Time) (Details, error) {
	c := &form.Complaints{Noun: "issue"}
	d.Photos = slices.Clone(d.Photos)
	c.Needed("title", &d.Title, 150)
	c.Text("description", &d.Description, 5000)
	c.OneOf("type", d.Type, Types)
	if d.Severity == "" {
		d.Severity = "medium"
	}
	c.OneOf("severity", d.Severity, Severities)
	c.Text("reported_by", &d.ReportedBy, 100)
	if d.ReportedAt.IsZero() {
		d.ReportedAt = at
	}
	if d.ReportedAt = d.ReportedAt.UTC().Truncate(time.Second); d.ReportedAt.After(at) || d.ReportedAt.Year() < 1990 {
		c.Add("reported_at", "Give a time that has been, after 1990.")
	}
	if d.Odometer != nil {
		c.Between("odometer", *d.Odometer, 0, maxOdometer)
	}
	d.checkPhotos(c)
	d.checkWhoAndWhat(c)
	return d, c.Err()
}

func (d *Details) checkPhotos(c *form.Complaints) {
	if len(d.Photos) > maxPhotos {
		c.Add("photos", "Give at most %d photos.", maxPhotos)
	}
	for n, id := range d.Photos {
		switch {
		case !ident.Has("att", id):
			c.Add(fmt.Sprintf("photos[%d]", n), "There is no such attachment. Give its id: att_…")
		case slices.Contains(d.Photos[:n], id):
			c.Add(fmt.Sprintf("photos[%d]", n), "This photo is there already.")
		}
	}
}

func (d *Details) checkWhoAndWhat(c *form.Complaints) {
	if d.Assignee != "" && !ident.Has("usr", d.Assignee) {
		c.Add("assignee", "There is no such user. Give their id: usr_…")
	}
	if d.Booking != "" && !ident.Has("bkg", d.Booking) {
		c.Add("booking", "There is no such booking. Give its id: bkg_…")
	}
	c.Cost("estimated_cost", d.EstimatedCost)
	c.Cost("actual_cost", d.ActualCost)
	c.Text("vendor", &d.Vendor, 100)
	c.Text("claim", &d.Claim, 100)
}

// Object is i as the outside sees it.
func (i *Issue) Object() events.Issue {
	return events.Issue{
		ID: i.ID, Number: i.Number, Asset: i.Asset, Booking: i.Booking, Inspection: i.Inspection, Title: i.Title, Description: i.Description,
		Type: i.Type, Severity: i.Severity, ReportedBy: i.ReportedBy, ReportedAt: i.ReportedAt, Odometer: i.Odometer,
		Photos: i.Photos, Assignee: i.Assignee, Due: i.Due.String(), EstimatedCost: price(i.EstimatedCost),
		ActualCost: price(i.ActualCost), ChargeCustomer: i.ChargeCustomer, Vendor: i.Vendor, Claim: i.Claim,
		State: string(i.State), ResolvedAt: i.Resolved, ClosedAt: i.Closed,
		CreatedAt: i.Created, UpdatedAt: i.Updated, Version: i.Version,
	}
}

func price(m money.Amount) *events.Money {
	if m.IsZero() {
		return nil
	}
	return &events.Money{Minor: m.Minor, Currency: m.Currency}
}

// tell makes the news of what is different from how i was loaded, and reports
// whether there is any.
func (i *Issue) tell(at time.Time) bool {
	if i.was == nil {
		i.news = []events.Event{events.IssueCreated{Object: i.Object()}}
		return true
	}
	if len(events.Differences(i.was.Object(), i.Object())) == 0 {
		return false
	}
	i.Version, i.Updated = i.was.Version+1, at
	is := i.Object()
	previous := events.Differences(i.was.Object(), is)
	var e events.Event = events.IssueUpdated{Object: is, Previous: previous}
	switch {
	case i.State == i.was.State:
	case i.State == Resolved:
		e = events.IssueResolved{Object: is, Previous: previous}
	case i.State == Open:
		e = events.IssueReopened{Object: is, Previous: previous}
	case i.State == Closed:
		e = events.IssueClosed{Object: is, Previous: previous}
	}
	i.news = []events.Event{e}
	return true
}
