package app_test

import (
	"strings"
	"testing"

	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/expense"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/inspection"
	"motorpool/shared/insurance"
	"motorpool/shared/issue"
	"motorpool/shared/location"
	"motorpool/shared/maintenance"
	"motorpool/shared/money"
	"motorpool/shared/odometer"
	"motorpool/shared/person"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
	"motorpool/shared/tracking"
)

// car adds a vehicle that belongs at home.
func (d *depot) car() string {
	d.t.Helper()
	a, err := d.Fleet.Create(d.t.Context(), d.actor, fleet.AssetDetails{Type: "car", Make: "Toyota", Model: "Camry", HomeLocation: d.home.ID}, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	return a.ID
}

// TestWhatRefersToAnAssetKeepsIt is specification A, 2.2: an asset is deleted
// only if nothing was ever said of it.
func TestWhatRefersToAnAssetKeepsIt(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	today := span.DateOf(d.now)
	far, err := d.Locations.Create(ctx, d.actor, location.Details{Name: "Perth"}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	say := map[string]func(id string) error{
		"documents": func(id string) error {
			_, err := d.Documents.Add(ctx, d.actor, document.Owner{Type: "asset", ID: id}, "registration", document.Details{Number: "R-1", Expires: today.Plus(90)}, d.now)
			return err
		},
		"expenses": func(id string) error {
			_, err := d.Expenses.Record(ctx, d.actor, id, expense.Details{Item: "fuel", Date: today, Amount: money.Amount{Minor: 1, Currency: "AUD"}}, d.now)
			return err
		},
		"insurance": func(id string) error {
			_, err := d.Insurance.Insure(ctx, d.actor, insurance.Terms{Insurer: "H", Number: "1", Kind: "other", Assets: []string{id}, Start: today, End: today.Plus(90)}, d.now)
			return err
		},
		"inspections": func(id string) error {
			form := inspection.Details{Name: "Look", Kind: inspection.AdHoc, Sections: []inspection.Section{{Title: "All", Fields: []inspection.Field{{Key: "a", Label: "A", Type: inspection.Text}}}}}
			tpl, err := d.Inspections.Write(ctx, d.actor, form, d.now)
			if err == nil {
				_, err = d.Inspections.Publish(ctx, d.actor, tpl.ID, 0, d.now)
			}
			if err == nil {
				_, err = d.Inspections.Begin(ctx, d.actor, inspection.Order{Asset: id, Template: tpl.ID}, d.now)
			}
			return err
		},
		"issues": func(id string) error {
			_, err := d.Issues.Report(ctx, d.actor, id, issue.Details{Title: "Scratch", Type: "damage"}, d.now)
			return err
		},
		"maintenance windows": func(id string) error {
			_, err := d.Maintenance.Plan(ctx, d.actor, id, maintenance.Details{StartsAt: d.now, Reason: "service"}, nil, d.now)
			return err
		},
		"odometer readings": func(id string) error {
			_, _, err := d.Odometer.Record(ctx, d.actor, id, odometer.Draft{Value: 1}, d.now)
			return err
		},
		"service reminders": func(id string) error {
			_, err := d.Reminders.Schedule(ctx, d.actor, id, reminder.Details{Name: "Oil", DueOn: today.Plus(90)}, d.now)
			return err
		},
		"tracking devices": func(id string) error {
			v, err := d.Tracking.Register(ctx, d.actor, tracking.Draft{Provider: "acme", Serial: strings.ToUpper(id)}, d.now)
			if err == nil {
				_, err = d.Tracking.Fit(ctx, d.actor, v.ID, id, 0, d.now)
			}
			return err
		},
		"transfers": func(id string) error {
			_, err := d.Fleet.Transfer(ctx, d.actor, id, far.ID, fleet.Way{}, 0, d.now)
			return err
		},
	}
	for what, mention := range say {
		id := d.car()
		if err := mention(id); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		err := d.Fleet.Delete(ctx, d.actor, id, 0, d.now)
		if fault.CodeOf(err) != "asset.in_use" || !strings.Contains(err.Error(), what) {
			t.Errorf("with %s: %v", what, err)
		}
	}
	if err := d.Fleet.Delete(ctx, d.actor, d.car(), 0, d.now); err != nil {
		t.Errorf("with nothing: %v", err)
	}
	all := d.car()
	for what, mention := range say {
		if err := mention(all); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	by, err := d.Fleet.References.To(ctx, d.actor.Workspace, all)
	if err != nil || len(by) != len(say)-1 { // transfers are fleet's own
		t.Errorf("with everything: %v, %v", by, err)
	}
}

// TestWhatRefersToAPersonKeepsThem is specification A, 4.1.
func TestWhatRefersToAPersonKeepsThem(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	say := map[string]func(id string) error{
		"documents": func(id string) error {
			_, err := d.Documents.Add(ctx, d.actor, document.Owner{Type: "person", ID: id}, "licence", document.Details{Number: "L-1", Expires: span.DateOf(d.now).Plus(90)}, d.now)
			return err
		},
		"companies": func(id string) error {
			c, err := d.Companies.Create(ctx, d.actor, company.Details{TradingName: "Gum", BillingEmails: []string{"a@gum.example"}}, d.now)
			if err == nil {
				_, err = d.Companies.Name(ctx, d.actor, c.ID, company.Contact{Person: id, Roles: []string{"billing"}}, 0, d.now)
			}
			return err
		},
	}
	for what, mention := range say {
		p, err := d.People.Create(ctx, d.actor, person.PersonDetails{GivenName: "Ana"}, d.now)
		if err == nil {
			err = mention(p.ID)
		}
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if err := d.People.Delete(ctx, d.actor, p.ID, 0, d.now); fault.CodeOf(err) != "person.in_use" || !strings.Contains(err.Error(), what) {
			t.Errorf("with %s: %v", what, err)
		}
	}
}

// TestOnboardingFollowsFromWhatThereIs is specification A, 1.5: what is taken
// away is to be done again.
func TestOnboardingFollowsFromWhatThereIs(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	done := func() (names []string) {
		t.Helper()
		all, err := d.Onboarding.Steps(ctx, d.actor)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range all {
			if step.Done {
				names = append(names, step.Name)
			}
		}
		return names
	}
	wants := func(when, want string) {
		t.Helper()
		if got := strings.Join(done(), " "); got != want {
			t.Errorf("%s: %s, want %s", when, got, want)
		}
	}
	wants("at first", "location category")
	id := d.car()
	wants("with a vehicle", "location category asset")
	if _, err := d.Members.Found(ctx, d.actor.Workspace, "tom@harbour.example", "Tom", d.now); err != nil {
		t.Fatal(err)
	}
	wants("with a colleague", "location category asset invite_user")
	if _, err := d.Fleet.Archive(ctx, d.actor, id, 0, d.now); err != nil {
		t.Fatal(err)
	}
	if err := d.Fleet.DeleteCategory(ctx, d.actor, d.category.ID, 0, d.now); err != nil {
		t.Fatal(err)
	}
	wants("without them", "location invite_user")
}
