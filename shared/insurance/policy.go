// Package insurance keeps the policies that assets are insured by, and the claims
// made on them.
//
// What holds at all times:
//
//   - whether a policy is in force follows from the day it is in the workspace:
//     nobody sets it; only a cancellation is said;
//   - a claim is of a policy that covered its asset on the day of the incident;
//   - a claim moves only as the table of moves allows;
//   - that a policy ends is told once for each threshold, and that it has ended
//     once, however often the tick runs.
//
// Premiums and excesses that are paid are expenses, which link to a claim.
package insurance

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

// Policy is one contract with an insurer.
type Policy struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	Terms
	CancelledOn span.Date `json:"cancelled_on,omitzero"` // the last day it covers
	CancelledAt time.Time `json:"cancelled_at,omitzero"`
	Created     time.Time `json:"created"`
	Updated     time.Time `json:"updated"`
	Version     int64     `json:"-"`

	was  *Policy
	news []events.Event
}

// Terms is what people say of a policy.
type Terms struct {
	Insurer    string       `json:"insurer" doc:"At most 100 characters" example:"Harbour Mutual"`
	Number     string       `json:"number" doc:"The insurer's number of it; at most 100 characters" example:"HM-883201"`
	Kind       string       `json:"kind" doc:"comprehensive, third_party, liability or other" example:"comprehensive"`
	WholeFleet bool         `json:"whole_fleet,omitempty" doc:"It covers every asset; name none then"`
	Assets     []string     `json:"assets,omitempty" doc:"The assets it covers, at most 25"`
	Excess     money.Amount `json:"excess,omitzero" doc:"What you pay of each claim"`
	Premium    money.Amount `json:"premium,omitzero" doc:"What it costs each time it is paid"`
	Frequency  string       `json:"frequency,omitempty" doc:"How often the premium is paid: once, monthly, quarterly or yearly" example:"yearly"`
	Start      span.Date    `json:"start" format:"date" doc:"The first day it covers" example:"2026-07-01"`
	End        span.Date    `json:"end" format:"date" doc:"The last day it covers" example:"2027-06-30"`
	Documents  []string     `json:"documents,omitempty" doc:"Attachments that were uploaded as document and are ready: at most 5"`
	Notes      string       `json:"notes,omitempty" doc:"At most 2,000 characters; in no event"`
}

// State says whether a policy is in force.
type State string

// The states of a policy, by the day.
const (
	Scheduled State = "scheduled"
	Active    State = "active"
	Expired   State = "expired"
	Cancelled State = "cancelled"
)

// Words that a policy is described by.
var (
	PolicyKinds = []string{"comprehensive", "third_party", "liability", "other"}
	Frequencies = []string{"once", "monthly", "quarterly", "yearly"}
	States      = []State{Scheduled, Active, Expired, Cancelled}
)

const (
	maxAssets    = 25
	maxDocuments = 5
	maxYears     = 20
)

// State says whether p is in force on a day.
func (p *Policy) State(today span.Date) State {
	switch {
	case !p.CancelledOn.IsZero() && p.CancelledOn.Before(today):
		return Cancelled
	case p.End.Before(today):
		return Expired
	case today.Before(p.Start):
		return Scheduled
	}
	return Active
}

// Covers reports whether p covers an asset on a day.
func (p *Policy) Covers(asset string, on span.Date) bool {
	return p.State(on) == Active && (p.WholeFleet || slices.Contains(p.Assets, asset))
}

// Line is what people call p where there is one line for it.
func (p *Policy) Line() string { return p.Insurer + " " + p.Number }

func (t Terms) checked() (Terms, error) {
	c := &form.Complaints{Noun: "insurance_policy"}
	t.Assets, t.Documents = slices.Clone(t.Assets), slices.Clone(t.Documents)
	c.Needed("insurer", &t.Insurer, 100)
	c.Needed("number", &t.Number, 100)
	c.OneOf("kind", t.Kind, PolicyKinds)
	switch {
	case t.WholeFleet && len(t.Assets) > 0:
		c.Add("assets", "It covers the whole fleet; name no assets.")
	case !t.WholeFleet && len(t.Assets) == 0:
		c.Add("assets", "Name the assets it covers, or say that it covers the whole fleet.")
	}
	ids(c, "assets", "ast", "asset", t.Assets, maxAssets)
	c.Cost("excess", t.Excess)
	c.Cost("premium", t.Premium)
	if t.Frequency != "" {
		c.OneOf("frequency", t.Frequency, Frequencies)
	} else if !t.Premium.IsZero() {
		c.Add("frequency", "Say how often the premium is paid: once, monthly, quarterly or yearly.")
	}
	switch {
	case t.Start.IsZero():
		c.Add("start", "Give the first day it covers.")
	case t.End.IsZero() || t.End.Before(t.Start):
		c.Add("end", "Give the last day it covers, after it begins.")
	case t.End.Year-t.Start.Year > maxYears:
		c.Add("end", "Give a last day within %d years.", maxYears)
	}
	ids(c, "documents", "att", "attachment", t.Documents, maxDocuments)
	c.Text("notes", &t.Notes, 2000)
	return t, c.Err()
}

// ids complains about a list with what is no identifier, is there twice, or is
// too much.
func ids(c *form.Complaints, field, prefix, noun string, list []string, most int) {
	if len(list) > most {
		c.Add(field, "Give at most %d.", most)
	}
	for n, id := range list {
		switch {
		case !ident.Has(prefix, id):
			c.Add(fmt.Sprintf("%s[%d]", field, n), "There is no such %s. Give its id: %s_…", noun, prefix)
		case slices.Contains(list[:n], id):
			c.Add(fmt.Sprintf("%s[%d]", field, n), "This %s is there already.", noun)
		}
	}
}

func insure(id, workspace string, t Terms, at time.Time) (*Policy, error) {
	t, err := t.checked()
	if err != nil {
		return nil, err
	}
	return &Policy{ID: id, Workspace: workspace, Terms: t, Created: at, Updated: at, Version: 1}, nil
}

// Describe replaces what is said of p.
func (p *Policy) Describe(t Terms) error {
	if !p.CancelledOn.IsZero() {
		return fault.New(fault.Conflict, "insurance_policy.cancelled", "This policy was cancelled and can no longer be changed.")
	}
	t, err := t.checked()
	if err == nil {
		p.Terms = t
	}
	return err
}

// Cancel ends p with a day before its last one.
func (p *Policy) Cancel(on span.Date, at time.Time) error {
	switch {
	case !p.CancelledOn.IsZero():
		return fault.New(fault.Conflict, "insurance_policy.cancelled", "This policy was cancelled already.")
	case on.IsZero() || on.Before(p.Start.Plus(-1)) || !on.Before(p.End):
		return fault.New(fault.Invalid, "insurance_policy.on", "Give the last day it covers: before %s, and no earlier than the day before it begins.", p.End).At("on")
	}
	p.CancelledOn, p.CancelledAt = on, at
	return nil
}

// Object is p as the outside sees it on a day. What was noted is not in it.
func (p *Policy) Object(today span.Date) events.InsurancePolicy {
	return events.InsurancePolicy{
		ID: p.ID, Insurer: p.Insurer, Number: p.Number, Kind: p.Kind, WholeFleet: p.WholeFleet, Assets: p.Assets,
		Excess: price(p.Excess), Premium: price(p.Premium), Frequency: p.Frequency, Start: p.Start.String(), End: p.End.String(),
		Documents: p.Documents, State: string(p.State(today)), CancelledAt: p.CancelledAt, CancelledOn: p.CancelledOn.String(),
		CreatedAt: p.Created, UpdatedAt: p.Updated, Version: p.Version,
	}
}

func price(m money.Amount) *events.Money {
	if m.IsZero() {
		return nil
	}
	return &events.Money{Minor: m.Minor, Currency: m.Currency}
}

// tell makes the news of what is different from how p was loaded, and reports
// whether there is anything to store.
func (p *Policy) tell(today span.Date, at time.Time) bool {
	if p.was == nil {
		p.news = []events.Event{events.InsurancePolicyCreated{Object: p.Object(today)}}
		return true
	}
	if len(events.Differences(p.was.Object(today), p.Object(today))) == 0 && p.was.Notes == p.Notes {
		return false
	}
	p.Version, p.Updated = p.was.Version+1, at
	is := p.Object(today)
	previous := events.Differences(p.was.Object(today), is)
	if p.CancelledOn != p.was.CancelledOn {
		p.news = []events.Event{events.InsurancePolicyCancelled{Object: is, Previous: previous}}
	} else {
		p.news = []events.Event{events.InsurancePolicyUpdated{Object: is, Previous: previous}}
	}
	return true
}
