// Package inspection keeps what was seen when somebody looked at an asset: at a
// handover, a return, on schedule, in between or when it moved.
//
// Templates say what is looked at, and an inspection pins the edition of the one
// that it began by. It is filled in piece by piece, on a phone that may be
// offline: what was captured earlier never replaces what was captured later, and
// when it arrived is kept too. Completed it is immutable: what turns out to be
// wrong is said in an addendum, and one that should not be is voided with a
// reason. Its damages are compared with those of the inspection before, so that
// each is new or was there already.
//
// The customer gets a page over a link, where they acknowledge or dispute. That
// a booking asks for an inspection is for the booking to decide: it is told
// which templates apply and what has been inspected.
package inspection

import (
	"slices"
	"strings"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/ident"
)

// Inspection is one look at an asset.
type Inspection struct {
	ID        string            `json:"id"`
	Workspace string            `json:"workspace"`
	Number    string            `json:"number"`
	Asset     string            `json:"asset"`
	Booking   string            `json:"booking,omitempty"`
	Template  string            `json:"template"`
	Edition   int               `json:"edition"`
	Name      string            `json:"name"` // the template's, in that edition
	Kind      Kind              `json:"kind"`
	State     State             `json:"state"`
	Inspector Inspector         `json:"inspector"`
	Customer  Customer          `json:"customer,omitzero"`
	Device    string            `json:"device,omitempty"`
	Place     *Place            `json:"place,omitempty"`
	Answers   map[string]Answer `json:"answers,omitempty"`

	Started   time.Time `json:"started,omitzero"`   // as the device says
	Completed time.Time `json:"completed,omitzero"` // as the device says
	Arrived   time.Time `json:"arrived,omitzero"`   // when we heard that it was completed

	Before  string   `json:"before,omitempty"`  // the inspection with whose damages these are compared
	Known   []Mark   `json:"known,omitempty"`   // damages of that one
	Looked  bool     `json:"looked,omitempty"`  // the template has a damage map, and it was answered
	Damages []Mark   `json:"damages,omitempty"` // compared, once completed
	Gone    []Mark   `json:"gone,omitempty"`    // known, and not seen again
	Issues  []string `json:"issues,omitempty"`  // raised by completing
	Reading string   `json:"reading,omitempty"` // the odometer reading it wrote

	Report  *Report    `json:"report,omitempty"`
	Verdict *Verdict   `json:"verdict,omitempty"`
	Addenda []Addendum `json:"addenda,omitempty"`
	Void    *Void      `json:"void,omitempty"`
	Link    *Link      `json:"link,omitempty"`

	Created time.Time `json:"created"`
	Updated time.Time `json:"updated"`
	Version int64     `json:"-"`

	was  *Inspection
	news []events.Event
}

// Inspector is who looks.
type Inspector struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

// Customer is whom the report is for.
type Customer struct {
	Name  string `json:"name,omitempty" doc:"At most 100 characters" example:"Ada Byron"`
	Email string `json:"email,omitempty" format:"email" doc:"Where the report goes" example:"ada@example.com"`
}

// Place is where the device says it is, to a thousandth of a degree: about a
// hundred metres.
type Place struct {
	Latitude  string `json:"latitude" doc:"In degrees, rounded to a thousandth" example:"-33.868"`
	Longitude string `json:"longitude" doc:"In degrees, rounded to a thousandth" example:"151.207"`
}

// Addendum corrects a completed inspection, which itself stays as it is.
type Addendum struct {
	At     time.Time `json:"at"`
	By     string    `json:"by,omitempty"`
	Name   string    `json:"name,omitempty"`
	Text   string    `json:"text"`
	Photos []Picture `json:"photos,omitempty"`
}

// Verdict is what the customer says of a completed inspection.
type Verdict struct {
	At        time.Time `json:"at"`
	Name      string    `json:"name"`              // as they wrote it
	Comment   string    `json:"comment,omitempty"` // needed for a dispute
	By        string    `json:"by,omitempty"`      // the user who took it down; empty: the customer did, over their link
	Signature *Strokes  `json:"signature,omitempty"`
}

// Void says why an inspection should not be.
type Void struct {
	At     time.Time `json:"at"`
	By     string    `json:"by,omitempty"`
	Reason string    `json:"reason"`
}

// Report is the PDF of a completed inspection. Its bytes never change.
type Report struct {
	File   string    `json:"file"` // the attachment
	SHA256 string    `json:"sha256"`
	Size   int       `json:"size"`
	At     time.Time `json:"at"`
}

// Link is the customer's way in, as far as it is kept.
type Link struct {
	Hash  string    `json:"hash"` // of the token
	Until time.Time `json:"until"`
}

// State is where an inspection is on its way.
type State string

// The states of an inspection.
const (
	Planned      State = "draft"
	InProgress   State = "in_progress"
	Complete     State = "completed"
	Acknowledged State = "customer_acknowledged"
	Disputed     State = "disputed"
	Voided       State = "voided"
)

// States lists them in the order of their way.
var States = []State{Planned, InProgress, Complete, Acknowledged, Disputed, Voided}

// moves lists every move there is. What is not here is refused.
var moves = map[State][]State{
	Planned:      {InProgress, Voided},
	InProgress:   {Complete, Voided},
	Complete:     {Acknowledged, Disputed, Voided},
	Acknowledged: {Voided},
	Disputed:     {Voided},
}

// Done reports whether i was completed and counts.
func (i *Inspection) Done() bool {
	return i.State == Complete || i.State == Acknowledged || i.State == Disputed
}

// Open reports whether i can still be filled in.
func (i *Inspection) Open() bool { return i.State == Planned || i.State == InProgress }

func (i *Inspection) move(to State) error {
	if !slices.Contains(moves[i.State], to) {
		return fault.New(fault.Conflict, "inspection."+string(i.State), "This inspection is %s; it cannot become %s.", words(i.State), words(to))
	}
	i.State = to
	return nil
}

func words(s State) string { return strings.ReplaceAll(string(s), "_", " ") }

// Order is what an inspection begins with.
type Order struct {
	Asset     string    `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Template  string    `json:"template" doc:"A published one" example:"int_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Booking   string    `json:"booking,omitempty" doc:"The booking at whose beginning or end it is"`
	Inspector string    `json:"inspector,omitempty" doc:"The user who is to inspect; you, unless you say otherwise"`
	Customer  Customer  `json:"customer,omitzero" doc:"Who gets the report"`
	Device    string    `json:"device,omitempty" doc:"What it is filled in on: at most 200 characters" example:"Pixel 9"`
	Place     *Place    `json:"place,omitempty" doc:"Where, if the inspector permits it"`
	StartedAt time.Time `json:"started_at,omitzero" doc:"When it was begun, as the device says; now, unless you say otherwise"`
	Plan      bool      `json:"plan,omitempty" doc:"Only plan it: it is a draft until something is answered"`
}

func begin(id string, actor access.Actor, o Order, e *Edition, at time.Time) (*Inspection, error) {
	c := &form.Complaints{Noun: "inspection"}
	if o.Booking != "" && !ident.Has("bkg", o.Booking) {
		c.Add("booking", "There is no such booking. Give its id: bkg_…")
	}
	who := Inspector{actor.ID, actor.Name}
	if o.Inspector != "" && o.Inspector != actor.ID {
		if who = (Inspector{ID: o.Inspector}); !ident.Has("usr", o.Inspector) {
			c.Add("inspector", "There is no such user. Give their id: usr_…")
		}
	}
	o.Customer.check(c)
	c.Text("device", &o.Device, 200)
	place := o.Place.rounded(c)
	started := instant(c, "started_at", o.StartedAt, at)
	i := &Inspection{
		ID: id, Workspace: actor.Workspace, Asset: o.Asset, Booking: o.Booking, Template: e.Template, Edition: e.Number, Name: e.Name, Kind: e.Kind,
		State: Planned, Inspector: who, Customer: o.Customer, Device: o.Device, Place: place, Created: at, Updated: at, Version: 1,
	}
	if !o.Plan {
		i.State, i.Started = InProgress, started
	}
	return i, c.Err()
}

func (c *Customer) check(bad *form.Complaints) {
	bad.Text("customer.name", &c.Name, 100)
	bad.Text("customer.email", &c.Email, 254)
	if name, domain, ok := strings.Cut(c.Email, "@"); c.Email != "" && (!ok || name == "" || !strings.Contains(domain, ".") || strings.ContainsAny(c.Email, " ,;<>\"")) {
		bad.Add("customer.email", "Give an e-mail address: ada@example.com.")
	}
}

// start begins what was planned.
func (i *Inspection) start(started time.Time) error {
	if err := i.move(InProgress); err != nil {
		return err
	}
	i.Started = started
	return nil
}

// amend adds a correction to a completed inspection.
func (i *Inspection) amend(a Addendum) error {
	if !i.Done() {
		return fault.New(fault.Conflict, "inspection."+string(i.State), "This inspection is %s; only one that was completed has addenda.", words(i.State))
	}
	c := &form.Complaints{Noun: "inspection"}
	needed(c, "text", "correction", &a.Text, 2000)
	if len(a.Photos) > maxPhotos {
		c.Add("photos", "Give at most %d photos.", maxPhotos)
	}
	if len(i.Addenda) >= 50 {
		c.Add("text", "This inspection has 50 addenda; there can be no more.")
	}
	i.Addenda = append(slices.Clone(i.Addenda), a)
	return c.Err()
}

// settle is what the customer says of it.
func (i *Inspection) settle(to State, v Verdict) error {
	c := &form.Complaints{Noun: "inspection"}
	needed(c, "name", "name", &v.Name, 100)
	c.Text("comment", &v.Comment, 2000)
	if to == Disputed && v.Comment == "" {
		c.Add("comment", "Say what is not right.")
	}
	v.Signature.check(c, "signature")
	if err := c.Err(); err != nil {
		return err
	}
	if err := i.move(to); err != nil {
		return err
	}
	i.Verdict = &v
	return nil
}

// cancel voids i.
func (i *Inspection) cancel(v Void) error {
	c := &form.Complaints{Noun: "inspection"}
	needed(c, "reason", "reason", &v.Reason, 500)
	if err := c.Err(); err != nil {
		return err
	}
	if err := i.move(Voided); err != nil {
		return err
	}
	i.Void, i.Link = &v, nil
	return nil
}
