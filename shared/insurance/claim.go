package insurance

import (
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/money"
	"motorpool/shared/span"
)

// Claim is what an insurer is asked to pay for.
type Claim struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	Policy    string `json:"policy"`
	Asset     string `json:"asset"`
	Story
	Stage     Stage     `json:"state"`
	LodgedAt  time.Time `json:"lodged_at,omitzero"`
	DecidedAt time.Time `json:"decided_at,omitzero"`
	SettledAt time.Time `json:"settled_at,omitzero"`
	ClosedAt  time.Time `json:"closed_at,omitzero"`
	Created   time.Time `json:"created"`
	Updated   time.Time `json:"updated"`
	Version   int64     `json:"-"`

	was  *Claim
	news []events.Event
}

// Story is what people say of a claim.
type Story struct {
	Issue       string       `json:"issue,omitempty" doc:"The issue that it is about"`
	Booking     string       `json:"booking,omitempty" doc:"The booking during which it happened"`
	IncidentOn  span.Date    `json:"incident_on" format:"date" doc:"The day it happened; the policy covered the asset on it" example:"2026-11-14"`
	Place       string       `json:"place,omitempty" doc:"Where it happened; at most 200 characters" example:"Pitt Street and Park Street"`
	Description string       `json:"description,omitempty" doc:"What happened; at most 5,000 characters; in no event"`
	OtherParty  string       `json:"other_party,omitempty" doc:"Who else was in it, their vehicle and insurer; at most 2,000 characters; in no event"`
	Number      string       `json:"number,omitempty" doc:"The insurer's number of it; at most 100 characters" example:"C-55120"`
	Claimed     money.Amount `json:"claimed,omitzero" doc:"What is asked for"`
	Settled     money.Amount `json:"settled,omitzero" doc:"What the insurer paid"`
	Excess      money.Amount `json:"excess,omitzero" doc:"What you pay of it; the policy's, unless you say otherwise"`
	Documents   []string     `json:"documents,omitempty" doc:"Attachments that were uploaded as document and are ready: at most 5"`
}

// Stage is where a claim is on its way.
type Stage string

// The stages of a claim.
const (
	Open      Stage = "open"
	Lodged    Stage = "lodged"
	Approved  Stage = "approved"
	Declined  Stage = "declined"
	Settled   Stage = "settled"
	Closed    Stage = "closed"
	Withdrawn Stage = "withdrawn"
)

// Stages lists them in the order in which a claim passes them.
var Stages = []Stage{Open, Lodged, Approved, Declined, Settled, Closed, Withdrawn}

// moves lists every move there is. What is not here is refused.
var moves = map[Stage][]Stage{
	Open:     {Lodged, Withdrawn},
	Lodged:   {Approved, Declined, Withdrawn},
	Approved: {Settled, Withdrawn},
	Declined: {Lodged, Closed},
	Settled:  {Closed},
}

// Next lists the stages to which c can move.
func (c *Claim) Next() []Stage { return slices.Clone(moves[c.Stage]) }

// Over reports whether nothing more happens with c.
func (c *Claim) Over() bool { return len(moves[c.Stage]) == 0 }

// Line is what people call c where there is one line for it.
func (c *Claim) Line() string {
	if c.Number != "" {
		return "Claim " + c.Number
	}
	return "Claim of " + c.IncidentOn.String()
}

func (st Story) checked(today span.Date) (Story, error) {
	c := &form.Complaints{Noun: "insurance_claim"}
	st.Documents = slices.Clone(st.Documents)
	if st.Issue != "" && !ident.Has("iss", st.Issue) {
		c.Add("issue", "There is no such issue. Give its id: iss_…")
	}
	if st.Booking != "" && !ident.Has("bkg", st.Booking) {
		c.Add("booking", "There is no such booking. Give its id: bkg_…")
	}
	if st.IncidentOn.IsZero() || today.Before(st.IncidentOn) {
		c.Add("incident_on", "Give the day it happened, today at the latest.")
	}
	c.Text("place", &st.Place, 200)
	c.Text("description", &st.Description, 5000)
	c.Text("other_party", &st.OtherParty, 2000)
	c.Text("number", &st.Number, 100)
	c.Cost("claimed", st.Claimed)
	c.Cost("settled", st.Settled)
	c.Cost("excess", st.Excess)
	ids(c, "documents", "att", "attachment", st.Documents, maxDocuments)
	return st, c.Err()
}

// open begins a claim on p.
func open(id string, p *Policy, asset string, st Story, today span.Date, at time.Time) (*Claim, error) {
	st, err := st.checked(today)
	if err != nil {
		return nil, err
	}
	if st.Excess.IsZero() {
		st.Excess = p.Excess
	}
	c := &Claim{ID: id, Workspace: p.Workspace, Policy: p.ID, Asset: asset, Story: st, Stage: Open, Created: at, Updated: at, Version: 1}
	return c, c.covered(p)
}

// covered returns fault.Invalid unless p covered the asset on the day it happened.
func (c *Claim) covered(p *Policy) error {
	if !p.Covers(c.Asset, c.IncidentOn) {
		return fault.New(fault.Invalid, "insurance_claim.incident_on", "%s did not cover this asset on %s. Choose the policy that did.", p.Line(), c.IncidentOn).At("incident_on")
	}
	return nil
}

// Tell replaces what is said of c.
func (c *Claim) Tell(st Story, today span.Date) error {
	if c.Over() {
		return fault.New(fault.Conflict, "insurance_claim."+string(c.Stage), "This claim is %s and can no longer be changed.", c.Stage)
	}
	st, err := st.checked(today)
	if err == nil && c.Stage == Settled && st.Settled.IsZero() {
		err = noSettlement()
	}
	if err == nil {
		c.Story = st
	}
	return err
}

// Move takes c to another stage.
func (c *Claim) Move(to Stage, at time.Time) error {
	if !slices.Contains(moves[c.Stage], to) {
		return fault.New(fault.Conflict, "insurance_claim."+string(c.Stage), "This claim is %s; it cannot become %s.", c.Stage, to)
	}
	if to == Settled && c.Settled.IsZero() {
		return noSettlement()
	}
	c.Stage = to
	switch to {
	case Lodged:
		c.LodgedAt, c.DecidedAt = at, time.Time{}
	case Approved, Declined:
		c.DecidedAt = at
	case Settled:
		c.SettledAt = at
	case Closed, Withdrawn:
		c.ClosedAt = at
	}
	return nil
}

// Paid says what the insurer paid; nil if nothing is said.
func Paid(m money.Amount) func(*Story) {
	if m.IsZero() {
		return nil
	}
	return func(st *Story) { st.Settled = m }
}

func noSettlement() error {
	return fault.New(fault.Invalid, "insurance_claim.settled", "Say what the insurer paid; nothing is 0.").At("settled")
}

// Object is c as events show it: without what happened in words, and without who
// else was in it.
func (c *Claim) Object() events.InsuranceClaim {
	return events.InsuranceClaim{
		ID: c.ID, Policy: c.Policy, Asset: c.Asset, Issue: c.Issue, Booking: c.Booking, IncidentOn: c.IncidentOn.String(),
		Number: c.Number, Claimed: price(c.Claimed), Settled: price(c.Settled), Excess: price(c.Excess), Documents: c.Documents,
		State: string(c.Stage), LodgedAt: c.LodgedAt, DecidedAt: c.DecidedAt, SettledAt: c.SettledAt, ClosedAt: c.ClosedAt,
		CreatedAt: c.Created, UpdatedAt: c.Updated, Version: c.Version,
	}
}

// tell makes the news of what is different from how c was loaded, and reports
// whether there is anything to store.
func (c *Claim) tell(at time.Time) bool {
	if c.was == nil {
		c.news = []events.Event{events.InsuranceClaimOpened{Object: c.Object()}}
		return true
	}
	unsaid := c.was.Place == c.Place && c.was.Description == c.Description && c.was.OtherParty == c.OtherParty
	if len(events.Differences(c.was.Object(), c.Object())) == 0 && unsaid {
		return false
	}
	c.Version, c.Updated = c.was.Version+1, at
	is := c.Object()
	previous := events.Differences(c.was.Object(), is)
	c.news = []events.Event{c.event(is, previous)}
	return true
}

func (c *Claim) event(is events.InsuranceClaim, previous events.Previous) events.Event {
	if c.Stage != c.was.Stage {
		switch c.Stage {
		case Lodged:
			return events.InsuranceClaimLodged{Object: is, Previous: previous}
		case Approved:
			return events.InsuranceClaimApproved{Object: is, Previous: previous}
		case Declined:
			return events.InsuranceClaimDeclined{Object: is, Previous: previous}
		case Settled:
			return events.InsuranceClaimSettled{Object: is, Previous: previous}
		case Closed:
			return events.InsuranceClaimClosed{Object: is, Previous: previous}
		case Withdrawn:
			return events.InsuranceClaimWithdrawn{Object: is, Previous: previous}
		}
	}
	return events.InsuranceClaimUpdated{Object: is, Previous: previous}
}
