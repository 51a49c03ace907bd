package document

import (
	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/span"
)

// Object is d as answers of the API show it on a day. It is whole; who may not
// see what identifies people gets Redacted, and events get less than that.
func (d *Document) Object(day span.Date) events.Document {
	o := events.Document{
		ID: d.ID, Owner: events.PaperOwner(d.Owner), Type: d.Type, State: string(d.StateOn(day)),
		Number: d.Paper.Number, IssuingState: d.Paper.State, IssuingCountry: d.Paper.Country, Class: d.Paper.Class,
		Issued: d.Paper.Issued.String(), Expires: d.Paper.Expires.String(), Name: d.Paper.Name,
		BirthDate: d.Paper.BirthDate.String(), Address: d.Paper.Address,
		RequestedAt: d.Asked.At, RequestMessage: d.Asked.Message, SubmittedAt: d.Paper.At,
		CreatedAt: d.Created, UpdatedAt: d.Updated, Version: d.Version,
	}
	if !d.Paper.At.IsZero() {
		o.SubmittedBy = actorOf(d.Paper.By)
	}
	for _, f := range d.Paper.Files {
		o.Files = append(o.Files, events.PaperFile(f))
	}
	if v := d.Paper.Verified; v != nil {
		o.VerifiedAt, o.VerifiedBy = v.At, actorOf(v.By)
	}
	if v := d.Paper.Rejected; v != nil {
		o.RejectedAt, o.RejectedBy, o.RejectionReason = v.At, actorOf(v.By), v.Reason
	}
	return o
}

// public is d as events and audit entries have it: without what identifies a
// person, and without what people wrote about one.
func (d *Document) public(day span.Date) events.Document {
	o, _ := Redacted(d.Object(day))
	if d.Owner.Type != "asset" {
		o.RequestMessage, o.RejectionReason = "", ""
	}
	return o
}

// Past is d as it was with each paper that was handed in before, newest first.
func (d *Document) Past(day span.Date) (all []events.Document) {
	for _, p := range d.Before {
		was := *d
		was.Paper, was.State = p, Submitted
		switch {
		case p.Verified != nil:
			was.State = Verified
		case p.Rejected != nil:
			was.State = Rejected
		}
		all = append(all, was.Object(day))
	}
	return all
}

func actorOf(a access.Actor) *events.Actor {
	return &events.Actor{Type: a.Kind, ID: a.ID, Name: a.Name}
}

// Private are the fields that identify a person.
var Private = []string{"number", "name", "birth_date", "address", "files"}

// Redacted is o without what identifies a person, and the names of the fields
// that were left out. Papers of assets identify nobody.
func Redacted(o events.Document) (events.Document, []string) {
	if o.Owner.Type == "asset" {
		return o, nil
	}
	var out []string
	for name, has := range map[string]bool{
		"number": o.Number != "", "name": o.Name != "", "birth_date": o.BirthDate != "", "address": o.Address != "", "files": len(o.Files) > 0,
	} {
		if has {
			out = append(out, name)
		}
	}
	o.Number, o.Name, o.BirthDate, o.Address, o.Files = "", "", "", "", nil
	return o, sortedAs(out, Private)
}

func sortedAs(list, order []string) (out []string) {
	for _, want := range order {
		for _, s := range list {
			if s == want {
				out = append(out, s)
			}
		}
	}
	return out
}
