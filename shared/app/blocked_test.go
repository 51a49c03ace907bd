package app_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"motorpool/shared/attachment"
	"motorpool/shared/audit"
	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/person"
	"motorpool/shared/span"
)

// warned is what the history of a person or company says of whom they are like:
// "email+mobile" for each, the oldest first.
func (d *depot) warned(id, blocked string) (all []string) {
	d.t.Helper()
	of := d.People.History
	if strings.HasPrefix(id, "com_") {
		of = d.Companies.History
	}
	entries, _, err := of(d.t.Context(), d.actor.Workspace, id, "", 100)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, e := range slices.Backward(entries) {
		if !strings.HasSuffix(e.Action, ".matched_blocked") {
			continue
		}
		doc, err := json.Marshal(e.Changes)
		if err != nil {
			d.t.Fatal(err)
		}
		var said struct {
			who any
			why []string
		}
		for _, c := range e.Changes {
			switch c.Field {
			case "blocked_person":
				said.who = c.To
			case "in_common":
				for _, w := range c.To.([]any) {
					said.why = append(said.why, w.(string))
				}
			}
		}
		if said.who != blocked || strings.ContainsAny(strings.ReplaceAll(string(doc), blocked, ""), "@0123456789") || len(e.Changes) != 2 {
			d.t.Errorf("the entry says %s", doc)
		}
		all = append(all, strings.Join(said.why, "+"))
	}
	return all
}

func (d *depot) licence(owner, number string) {
	d.t.Helper()
	file := document.File{Attachment: d.scan(d.actor, attachment.Document), Side: "front"}
	say := document.Details{Number: number, Expires: span.DateOf(d.now).Plus(400), Files: []document.File{file}}
	if _, err := d.Documents.Add(d.t.Context(), d.actor, document.Owner{Type: "person", ID: owner}, "licence", say, d.now); err != nil {
		d.t.Fatal(err)
	}
}

// TestWhoIsLikeSomebodyBlockedIsNotedOnce when they are added, edited or show a
// document, and nothing personal is in the note.
func TestWhoIsLikeSomebodyBlockedIsNotedOnce(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	bad, err := d.People.Create(ctx, d.actor, person.PersonDetails{GivenName: "Bad", Email: "bad@x.example", Mobile: "+61412345678", ResidentialAddress: person.PersonAddress{Line1: "1 Dock St", Postcode: "2000"}}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	d.licence(bad.ID, "L 778-1")
	if bad, err = d.People.Block(ctx, d.actor, bad.ID, "damage", "", 0, d.now); err != nil {
		t.Fatal(err)
	}
	if got := d.warned(bad.ID, bad.ID); got != nil {
		t.Errorf("like themselves: %v", got)
	}
	add := func(p person.PersonDetails) string {
		t.Helper()
		one, err := d.People.Create(ctx, d.actor, p, d.now)
		if err != nil {
			t.Fatal(err)
		}
		return one.ID
	}
	edit := func(id string, change func(*person.PersonDetails)) {
		t.Helper()
		if _, err := d.People.Edit(ctx, d.actor, id, func(p *person.PersonDetails) error { change(p); return nil }, 0, d.now); err != nil {
			t.Fatal(err)
		}
	}
	want := func(what, id string, want ...string) {
		t.Helper()
		if got := d.warned(id, bad.ID); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", what, got, want)
		}
	}
	want("at once", add(person.PersonDetails{GivenName: "A", Email: "bad+2@x.example", Mobile: "+61412345678"}), "email+mobile")
	flatmate := add(person.PersonDetails{GivenName: "B", ResidentialAddress: person.PersonAddress{Line1: "1 dock st", Postcode: "2000"}})
	want("an address alone", flatmate)
	edit(flatmate, func(p *person.PersonDetails) { p.Notes = "x" })
	edit(flatmate, func(p *person.PersonDetails) { p.Mobile = "+61412345678" })
	edit(flatmate, func(p *person.PersonDetails) { p.Notes = "y" })
	edit(flatmate, func(p *person.PersonDetails) { p.Email = "bad+3@x.example" })
	want("the phone makes two, more is not news", flatmate, "mobile+residential_address")
	other := add(person.PersonDetails{GivenName: "C"})
	d.licence(other, "L-999")
	d.licence(other, "l7781")
	want("the number of a licence", other, "document_number")
	d.licence(flatmate, "L7781")
	want("who was like them already", flatmate, "mobile+residential_address")
	if _, err := d.People.Unblock(ctx, d.actor, bad.ID, "", 0, d.now); err != nil {
		t.Fatal(err)
	}
	want("like somebody whose block was lifted", add(person.PersonDetails{GivenName: "D", Email: "bad+4@x.example", Mobile: "+61412345678"}))
}

// TestACompanyLikeSomebodyBlockedIsNotedOnce.
func TestACompanyLikeSomebodyBlockedIsNotedOnce(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	bad, err := d.People.Create(ctx, d.actor, person.PersonDetails{GivenName: "Bad", Email: "bad@x.example", Mobile: "+61412345678"}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.People.Block(ctx, d.actor, bad.ID, "damage", "", 0, d.now); err != nil {
		t.Fatal(err)
	}
	add := func(phone string, emails ...string) string {
		t.Helper()
		c, err := d.Companies.Create(ctx, d.actor, company.Details{TradingName: "Dock Hire", Phone: phone, BillingEmails: emails}, d.now)
		if err != nil {
			t.Fatal(err)
		}
		return c.ID
	}
	if got := d.warned(add("+61412345678", "bad@x.example"), bad.ID); !slices.Equal(got, []string{"email+mobile"}) {
		t.Errorf("added: %q", got)
	}
	later := add("+61412345678", "good@x.example")
	for _, change := range []func(*company.Details){
		func(c *company.Details) { c.Notes = "x" },
		func(c *company.Details) { c.BillingEmails = []string{"good@x.example", "bad@x.example"} },
		func(c *company.Details) { c.BillingEmails = []string{"bad@x.example"} },
	} {
		if _, err := d.Companies.Edit(ctx, d.actor, later, func(c *company.Details) error { change(c); return nil }, 0, d.now); err != nil {
			t.Fatal(err)
		}
	}
	if got := d.warned(later, bad.ID); !slices.Equal(got, []string{"email+mobile"}) {
		t.Errorf("edited: %q", got)
	}
	d.audited(ctx, "company.matched_blocked", 2)
}

// audited looks for entries of the workspace's log.
func (d *depot) audited(ctx context.Context, action string, want int) {
	d.t.Helper()
	all, _, err := d.Audit.List(ctx, d.actor.Workspace, audit.Filter{Action: action}, "", 100)
	if err != nil || len(all) != want {
		d.t.Errorf("%s: %d entries, %v, want %d", action, len(all), err, want)
	}
}
