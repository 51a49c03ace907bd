// Package document keeps the papers of people, companies and assets: licences,
// passports, insurances, registrations.
//
// A document is asked for or handed in, then verified or rejected by somebody of
// the workspace, and expires by itself when its last day is over. Handed in anew
// it has to be verified anew, and what was handed in before is kept beside it.
// What holds at all times:
//
//   - a document has one owner and one type, for ever;
//   - what is verified was handed in, and what is rejected says why;
//   - a file belongs to the one document that it was handed in with;
//   - of one owner's documents, each threshold before an expiry is told once,
//     and all of a day in one letter.
//
// Who owners are, what their files are, and how letters reach them is asked of
// others, through Owners, Files, Addressees and Letters.
package document

import (
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/span"
)

// Document is one paper of one owner.
type Document struct {
	ID        string       `json:"id"`
	Workspace string       `json:"workspace"`
	Owner     Owner        `json:"owner"`
	Type      string       `json:"type"`
	State     State        `json:"state"`
	Asked     Asked        `json:"asked,omitzero"` // when it was asked for last; zero: never
	Paper     Submission   `json:"paper,omitzero"` // what was handed in last
	Before    []Submission `json:"before,omitempty"`
	Created   time.Time    `json:"created"`
	Updated   time.Time    `json:"updated"`
	Version   int64        `json:"-"` // counts the changes, this value's included

	was  *Document      // as it was loaded; nil if it is new
	news []events.Event // what the changes since then have to tell
}

// Owner is whose paper it is.
type Owner struct {
	Type string `json:"type" enum:"person,company,asset" example:"person"`
	ID   string `json:"id" doc:"per_…, com_… or ast_…" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b5"`
}

// Asked is a request for a paper.
type Asked struct {
	At      time.Time `json:"at"`
	Message string    `json:"message,omitempty"` // what the one who hands it in reads
	Sides   []string  `json:"sides,omitempty"`   // the files that are wanted: front, back
}

// Submission is a paper as it was handed in once, and what became of it.
type Submission struct {
	Details
	At       time.Time    `json:"at"`
	By       access.Actor `json:"by"` // kind "link" where a link let them in
	Verified *Verdict     `json:"verified,omitempty"`
	Rejected *Verdict     `json:"rejected,omitempty"`
}

// Verdict is who looked at a paper, and what they found.
type Verdict struct {
	At     time.Time    `json:"at"`
	By     access.Actor `json:"by"`
	Reason string       `json:"reason,omitempty"` // why it was rejected
}

// Details is what a paper says. Everything may be left out but a file or a number.
type Details struct {
	Number    string    `json:"number,omitempty" doc:"Without what identifies people it is left out" example:"20931187"`
	State     string    `json:"issuing_state,omitempty" doc:"State that issued it" example:"NSW"`
	Country   string    `json:"issuing_country,omitempty" doc:"Country that issued it: ISO 3166, two letters" example:"AU"`
	Class     string    `json:"class,omitempty" doc:"Class of a licence, kind of a visa" example:"C"`
	Issued    span.Date `json:"issued,omitzero" format:"date" example:"2022-05-11"`
	Expires   span.Date `json:"expires,omitzero" format:"date" doc:"The last day it is good for" example:"2027-05-10"`
	Name      string    `json:"name,omitempty" doc:"As it is written there" example:"JORDAN A SMITH"`
	BirthDate span.Date `json:"birth_date,omitzero" format:"date" example:"1994-08-23"`
	Address   string    `json:"address,omitempty" doc:"As it is written there, in lines" example:"12 Harbour Street, Sydney NSW 2000"`
	Files     []File    `json:"files,omitempty" doc:"At most 10"`
}

// File is one side of a paper: an attachment.
type File struct {
	Attachment string `json:"attachment" doc:"att_…" example:"att_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Side       string `json:"side" enum:"front,back,other" example:"front"`
}

// Types are the types of document there are, with the owners that have them.
var Types = []string{"licence", "passport", "proof_of_address", "proof_of_insurance", "visa", "registration", "insurance", "other"}

var ownersOf = map[string][]string{
	"licence": {"person"}, "passport": {"person"}, "visa": {"person"}, "proof_of_address": {"person", "company"},
	"proof_of_insurance": {"person", "company"}, "registration": {"asset", "company"}, "insurance": {"asset", "company"},
	"other": {"person", "company", "asset"},
}

// OwnersOf are the kinds of owner that have documents of a type.
func OwnersOf(typ string) []string { return slices.Clone(ownersOf[typ]) }

// State says how far a document is.
type State string

// The states. Expired is never stored: it is a verified one whose last day is over.
const (
	Requested State = "requested"
	Submitted State = "submitted"
	Verified  State = "verified"
	Rejected  State = "rejected"
	Expired   State = "expired"
)

// StateOn is d's state on a day, as people see it.
func (d *Document) StateOn(day span.Date) State {
	if d.State == Verified && d.Paper.Over(day) {
		return Expired
	}
	return d.State
}

// Over reports whether the last day is over on a day.
func (s Details) Over(day span.Date) bool { return !s.Expires.IsZero() && s.Expires.Before(day) }

// ValidOn reports whether d is good on a day: what was handed in last is
// verified and not over or, while that is being looked at, what was before it.
func (d *Document) ValidOn(day span.Date) bool {
	if d.Paper.Verified != nil {
		return !d.Paper.Over(day)
	}
	if d.State != Submitted {
		return false
	}
	i := slices.IndexFunc(d.Before, func(s Submission) bool { return s.Verified != nil || s.Rejected != nil })
	return i >= 0 && d.Before[i].Verified != nil && !d.Before[i].Over(day)
}

// maxBefore is how many earlier submissions are kept, the newest.
const maxBefore = 20

// ask makes a document that somebody is asked for.
func ask(id, workspace string, o Owner, typ string, a Asked) (*Document, error) {
	d := &Document{ID: id, Workspace: workspace, Owner: o, Type: typ, State: Requested, Created: a.At, Updated: a.At, Version: 1}
	if err := d.checkKind(); err != nil {
		return nil, err
	}
	if err := a.check(); err != nil {
		return nil, err
	}
	d.Asked = a
	d.tell(events.DocumentRequested{Object: d.public(span.DateOf(a.At))})
	return d, nil
}

// hand makes a document that was handed in unasked.
func hand(id, workspace string, o Owner, typ string, say Details, by access.Actor, at time.Time) (*Document, error) {
	d := &Document{ID: id, Workspace: workspace, Owner: o, Type: typ, Created: at, Updated: at, Version: 0}
	if err := d.checkKind(); err != nil {
		return nil, err
	}
	return d, d.Submit(say, by, at)
}

// Ask asks for d again. Until something is handed in it stays as good as it is.
func (d *Document) Ask(a Asked) error {
	if err := a.check(); err != nil {
		return err
	}
	was := d.public(span.DateOf(a.At))
	d.Asked = a
	d.changed(was, a.At, func(o events.Document, p events.Previous) events.Event {
		return events.DocumentRequested{Object: o, Previous: p}
	})
	return nil
}

// Submit hands a paper in. What was handed in before is kept beside it.
func (d *Document) Submit(say Details, by access.Actor, at time.Time) error {
	say, err := say.checked(d.Type, at)
	if err != nil {
		return err
	}
	was := d.public(span.DateOf(at))
	if !d.Paper.At.IsZero() {
		d.Before = append([]Submission{d.Paper}, d.Before...)
		d.Before = d.Before[:min(len(d.Before), maxBefore)]
	}
	d.State, d.Paper = Submitted, Submission{Details: say, At: at, By: by}
	d.changed(was, at, func(o events.Document, p events.Previous) events.Event {
		return events.DocumentSubmitted{Object: o, Previous: p}
	})
	return nil
}

// Verify says that somebody has looked at d and it is good.
func (d *Document) Verify(by access.Actor, today span.Date, at time.Time) error {
	if err := d.awaits(); err != nil {
		return err
	}
	if d.Paper.Over(today) {
		return fault.New(fault.Conflict, "document.expired", "This document expired on %s, so it cannot be verified. Ask for a new one.", d.Paper.Expires)
	}
	was := d.public(today)
	d.State, d.Paper.Verified = Verified, &Verdict{At: at, By: by}
	d.changed(was, at, func(o events.Document, p events.Previous) events.Event {
		return events.DocumentVerified{Object: o, Previous: p}
	})
	return nil
}

// Reject says that somebody has looked at d and it will not do.
func (d *Document) Reject(by access.Actor, reason string, at time.Time) error {
	if err := d.awaits(); err != nil {
		return err
	}
	c := &form.Complaints{Noun: "document"}
	c.Text("reason", &reason, 300)
	if reason == "" {
		c.Add("reason", "Say why, so that the owner can hand in a better one.")
	}
	if err := c.Err(); err != nil {
		return err
	}
	was := d.public(span.DateOf(at))
	d.State, d.Paper.Rejected = Rejected, &Verdict{At: at, By: by, Reason: reason}
	d.changed(was, at, func(o events.Document, p events.Previous) events.Event {
		return events.DocumentRejected{Object: o, Previous: p}
	})
	return nil
}

func (d *Document) awaits() error {
	switch d.State {
	case Submitted:
		return nil
	case Requested:
		return fault.New(fault.Conflict, "document.requested", "Nothing was handed in yet.")
	}
	return fault.New(fault.Conflict, "document.decided", "This document is %s already. To decide anew, hand it in again.", d.State)
}

func (d *Document) tell(e events.Event) { d.news = append(d.news, e) }

// changed counts a change and tells it.
func (d *Document) changed(was events.Document, at time.Time, event func(events.Document, events.Previous) events.Event) {
	d.Version++
	d.Updated = at
	is := d.public(span.DateOf(at))
	if d.was == nil && d.Version == 1 {
		d.tell(event(is, nil))
		return
	}
	d.tell(event(is, events.Differences(was, is)))
}
