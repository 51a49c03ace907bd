package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/document"
	"motorpool/shared/insurance"
	"motorpool/shared/issue"
	"motorpool/shared/letter"
	"motorpool/shared/location"
	"motorpool/shared/member"
	"motorpool/shared/person"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
)

// hire makes somebody a user with a role of these permissions, at these
// locations only, if there are any.
func (d *depot) hire(email string, grants []access.Grant, locations ...string) string {
	d.t.Helper()
	ctx := d.t.Context()
	role, err := d.Members.CreateRole(ctx, d.actor, member.RoleDetails{Name: email, Grants: grants}, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	m, err := d.Members.Invite(ctx, d.actor, email, member.Details{Name: email, Role: role.ID, Locations: locations}, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	all, _, err := d.Letters.List(ctx, d.actor.Workspace, "", 1)
	if err != nil {
		d.t.Fatal(err)
	}
	l, err := d.Letters.Read(ctx, d.actor.Workspace, all[0].ID)
	if err == nil {
		err = d.Members.Accept(ctx, d.actor.Workspace, email, strings.TrimPrefix(l.Link, "/invitation/"), d.now)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return m.ID
}

// wrote is to whom letters went that are no invitations, sorted, with how many
// lines each has and whether it lets somebody in.
func (d *depot) wrote() (all []string) {
	d.t.Helper()
	letters, _, err := d.Letters.List(d.t.Context(), d.actor.Workspace, "", 100)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, one := range letters {
		l, err := d.Letters.Read(d.t.Context(), d.actor.Workspace, one.ID)
		if err != nil {
			d.t.Fatal(err)
		}
		if l.Kind != letter.Invitation {
			name, _, _ := strings.Cut(l.Email, "@")
			all = append(all, fmt.Sprintf("%s %d %v", name, len(l.Lines), strings.HasPrefix(l.Link, "/upload/")))
		}
	}
	slices.Sort(all)
	return all
}

// TestExpiriesReachWhoLooksAfterThem is specification A, 4.4: the customer, with
// a link to hand in a new one; those who may edit such papers where they are;
// and the location of a vehicle.
func TestExpiriesReachWhoLooksAfterThem(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	if _, err := d.Locations.Edit(ctx, d.actor, d.home.ID, func(l *location.Details) error { l.Email = "airport@harbour.example"; return nil }, 0, d.now); err != nil {
		t.Fatal(err)
	}
	perth, err := d.Locations.Create(ctx, d.actor, location.Details{Name: "Perth"}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	d.hire("clerk@harbour.example", []access.Grant{access.EditPeople, access.ViewPeople})
	d.hire("far@harbour.example", []access.Grant{access.EditAssets, access.ViewAssets}, perth.ID)
	d.hire("reader@harbour.example", []access.Grant{access.ViewPeople, access.ViewAssets})
	ana, err := d.People.Create(ctx, d.actor, person.PersonDetails{GivenName: "Ana", Email: "ana@example.com"}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	last := span.DateOf(d.now).Plus(40)
	for owner, typ := range map[document.Owner]string{{Type: "person", ID: ana.ID}: "licence", {Type: "asset", ID: d.car()}: "registration"} {
		if _, err := d.Documents.Add(ctx, d.actor, owner, typ, document.Details{Number: "X-1", Expires: last}, d.now); err != nil {
			t.Fatal(err)
		}
	}
	d.now = d.now.AddDate(0, 0, 12) // within 30 days
	for range 2 {                   // the second tells nobody again
		if err := d.Documents.Tick(ctx, d.actor.Workspace, d.now); err != nil {
			t.Fatal(err)
		}
		for len(d.jobs.sent) > 0 {
			m := d.jobs.sent[0]
			d.jobs.sent = d.jobs.sent[1:]
			if err := d.Documents.RunJob(ctx, m.Body, d.now); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got, want := d.wrote(), []string{"airport 1 false", "ana 1 true", "clerk 1 false", "mia 2 false"}; !slices.Equal(got, want) {
		t.Errorf("written to %q, want %q", got, want)
	}
}

// TestTheEndOfAPolicyReachesWhoLooksAfterInsurance everywhere, and nobody else.
func TestTheEndOfAPolicyReachesWhoLooksAfterInsurance(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	d.hire("till@harbour.example", []access.Grant{access.EditExpenses, access.ViewExpenses})
	d.hire("near@harbour.example", []access.Grant{access.EditExpenses, access.ViewExpenses}, d.home.ID)
	d.hire("reader@harbour.example", []access.Grant{access.ViewExpenses})
	today := span.DateOf(d.now)
	if _, err := d.Insurance.Insure(ctx, d.actor, insurance.Terms{Insurer: "H", Number: "1", Kind: "other", WholeFleet: true, Start: today.Plus(-300), End: today.Plus(25)}, d.now); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(24 * time.Hour)
	for range 2 {
		if err := d.Insurance.Tick(ctx, d.actor.Workspace, d.now); err != nil {
			t.Fatal(err)
		}
		for len(d.jobs.sent) > 0 {
			m := d.jobs.sent[0]
			d.jobs.sent = d.jobs.sent[1:]
			if err := d.Insurance.RunJob(ctx, m.Body, d.now); err != nil {
				t.Fatal(err)
			}
		}
	}
	var to []string
	for _, line := range d.wrote() {
		name, _, _ := strings.Cut(line, " ")
		to = append(to, name)
	}
	if !slices.Equal(to, []string{"mia", "till"}) {
		t.Errorf("written to %q", to)
	}
}

// TestWorkOfADisabledUserIsListed is specification A, 5.1: for somebody else to
// take over; what is done is not in it.
func TestWorkOfADisabledUserIsListed(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	tom := d.hire("tom@harbour.example", []access.Grant{access.ManageCare, access.ViewAssets})
	car := d.car()
	for _, title := range []string{"Brakes", "Scratch"} {
		i, err := d.Issues.Report(ctx, d.actor, car, issue.Details{Title: title, Type: "other", Assignee: tom}, d.now)
		if err == nil && title == "Scratch" {
			_, err = d.Issues.Move(ctx, d.actor, i.ID, issue.Dismissed, 0, d.now)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Reminders.Schedule(ctx, d.actor, car, reminder.Details{Name: "Oil", DueOn: span.DateOf(d.now).Plus(90), Assignees: []string{tom}}, d.now); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Members.Disable(ctx, d.actor, tom, 0, d.now); err != nil {
		t.Fatal(err)
	}
	work, err := d.Members.Assigned(ctx, d.actor, tom)
	var names []string
	for _, w := range work {
		names = append(names, w.Name)
	}
	if err != nil || !slices.Equal(names, []string{"Brakes", "Oil"}) {
		t.Errorf("got %q, %v", names, err)
	}
}
