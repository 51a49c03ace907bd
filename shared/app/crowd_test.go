package app_test

import (
	"fmt"
	"sync"
	"testing"

	"motorpool/shared/attachment"
	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/fault"
	"motorpool/shared/person"
	"motorpool/shared/span"
)

// besiege lets a crowd add documents and contacts to somebody and name them as
// who speaks for companies, while end is done to them.
func (d *depot) besiege(id string, end func() error) error {
	d.t.Helper()
	ctx := d.t.Context()
	var crowd sync.WaitGroup
	start := make(chan struct{})
	join := func(do func()) { crowd.Go(func() { <-start; do() }) }
	add := func(do func() error) { join(func() { d.tooLate(do()) }) }
	for n := range 4 {
		scan := d.scan(d.actor, attachment.Document)
		co, err := d.Companies.Create(ctx, d.actor, company.Details{TradingName: fmt.Sprint("Firm ", n), BillingEmails: []string{"x@firm.example"}}, d.now)
		if err != nil {
			d.t.Fatal(err)
		}
		say := document.Details{Number: fmt.Sprint("L-", n), Expires: span.DateOf(d.now).Plus(400), Files: []document.File{{Attachment: scan, Side: "front"}}}
		add(func() error {
			_, err := d.Documents.Add(ctx, d.actor, document.Owner{Type: "person", ID: id}, "licence", say, d.now)
			return err
		})
		add(func() error {
			_, _, err := d.People.AddContact(ctx, d.actor, id, person.PersonContactDetails{Type: "emergency", Name: "Secret", Phone: "+61412345678"}, 0, d.now)
			return err
		})
		add(func() error {
			_, err := d.Companies.Name(ctx, d.actor, co.ID, company.Contact{Person: id, Roles: []string{"billing"}}, 0, d.now)
			return err
		})
	}
	var ended error
	join(func() { ended = end() })
	close(start)
	crowd.Wait()
	return ended
}

// tooLate sees to it that what was refused was so because of who it is about.
func (d *depot) tooLate(err error) {
	switch code := fault.CodeOf(err); {
	case err == nil, fault.KindOf(err) == fault.NotFound, fault.KindOf(err) == fault.Conflict, code == "document.owner", code == "company.person":
	default:
		d.t.Errorf("refused: %v", err)
	}
}

// left is what there is of somebody beside themselves.
func (d *depot) left(id string) (all []string) {
	d.t.Helper()
	ctx := d.t.Context()
	for what, refers := range map[string]func() (bool, error){
		"documents": func() (bool, error) { return d.Documents.Refers(ctx, d.actor.Workspace, id) },
		"companies": func() (bool, error) { return d.Companies.Refers(ctx, d.actor.Workspace, id) },
	} {
		there, err := refers()
		if err != nil {
			d.t.Fatal(err)
		}
		if there {
			all = append(all, what)
		}
	}
	return all
}

// TestNothingIsAddedToWhoIsDeletedOrAnonymisedMeanwhile: whoever wins, nothing is
// left behind, and nothing refers to nobody.
func TestNothingIsAddedToWhoIsDeletedOrAnonymisedMeanwhile(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	for round := range 8 {
		p, err := d.People.Create(ctx, d.actor, person.PersonDetails{GivenName: "Ana", Email: fmt.Sprint("ana", round, "@x.example")}, d.now)
		if err != nil {
			t.Fatal(err)
		}
		if round%2 == 0 {
			err = d.besiege(p.ID, func() error { return d.People.Delete(ctx, d.actor, p.ID, 0, d.now) })
			_, gone := d.People.Person(ctx, d.actor.Workspace, p.ID)
			if left := d.left(p.ID); (err == nil) != (fault.KindOf(gone) == fault.NotFound) || err == nil && left != nil {
				t.Errorf("deleted: %v; there: %v; left: %v", err, gone, left)
			}
			continue
		}
		erase := func() error { _, err := d.People.Anonymise(ctx, d.actor, p.ID, 0, d.now); return err }
		if err = d.besiege(p.ID, erase); fault.KindOf(err) == fault.Conflict {
			err = erase() // the crowd was faster eight times, and is gone by now
		}
		whole, there := d.People.Person(ctx, d.actor.Workspace, p.ID)
		if err != nil || there != nil || whole.AnonymisedAt.IsZero() || len(whole.Contacts) > 0 || whole.Email != "" {
			t.Errorf("anonymised: %v: %+v, %v", err, whole, there)
		}
		if left := d.left(p.ID); left != nil {
			t.Errorf("left of who was anonymised: %v", left)
		}
	}
}
