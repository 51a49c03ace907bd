package app_test

import (
	"errors"
	"strings"
	"testing"

	"motorpool/shared/access"
	"motorpool/shared/expense"
	"motorpool/shared/fault"
	"motorpool/shared/insurance"
	"motorpool/shared/issue"
	"motorpool/shared/maintenance"
	"motorpool/shared/money"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
)

// kin are the records of one asset that others can name.
type kin struct{ asset, issue, window, reminder, claim, policy string }

func (d *depot) kin() kin {
	d.t.Helper()
	ctx, today := d.t.Context(), span.DateOf(d.now)
	must := func(err error) {
		d.t.Helper()
		if err != nil {
			d.t.Fatal(err)
		}
	}
	k := kin{asset: d.car()}
	i, err := d.Issues.Report(ctx, d.actor, k.asset, issue.Details{Title: "Scratch", Type: "damage"}, d.now)
	must(err)
	w, err := d.Maintenance.Plan(ctx, d.actor, k.asset, maintenance.Details{StartsAt: d.now, Reason: "service"}, nil, d.now)
	must(err)
	r, err := d.Reminders.Schedule(ctx, d.actor, k.asset, reminder.Details{Name: "Oil", DueOn: today.Plus(90)}, d.now)
	must(err)
	p, err := d.Insurance.Insure(ctx, d.actor, insurance.Terms{Insurer: "H", Number: "1", Kind: "other", Assets: []string{k.asset}, Start: today.Plus(-9), End: today.Plus(90)}, d.now)
	must(err)
	c, err := d.Insurance.Claim(ctx, d.actor, p.ID, k.asset, insurance.Story{IncidentOn: today}, d.now)
	must(err)
	k.issue, k.window, k.reminder, k.claim, k.policy = i.ID, w.ID, r.ID, c.ID, p.ID
	return k
}

// sayings are what names each kind of record: added, and edited.
func (d *depot) sayings(mine kin) map[string]func(other kin) error {
	ctx, today := d.t.Context(), span.DateOf(d.now)
	fuel := expense.Details{Item: "fuel", Date: today, Amount: money.Amount{Minor: 1, Currency: "AUD"}}
	spend := func(name func(*expense.Details)) error {
		e := fuel
		name(&e)
		_, err := d.Expenses.Record(ctx, d.actor, mine.asset, e, d.now)
		return err
	}
	return map[string]func(other kin) error{
		"expense.issue":       func(k kin) error { return spend(func(e *expense.Details) { e.Issue = k.issue }) },
		"expense.maintenance": func(k kin) error { return spend(func(e *expense.Details) { e.Maintenance = k.window }) },
		"expense.reminder":    func(k kin) error { return spend(func(e *expense.Details) { e.Reminder = k.reminder }) },
		"expense.claim":       func(k kin) error { return spend(func(e *expense.Details) { e.Claim = k.claim }) },
		"expense.issue, edited": func(k kin) error {
			e, err := d.Expenses.Record(ctx, d.actor, mine.asset, fuel, d.now)
			if err == nil {
				_, err = d.Expenses.Edit(ctx, d.actor, e.ID, func(x *expense.Details) error { x.Issue = k.issue; return nil }, 0, d.now)
			}
			return err
		},
		"insurance_claim.issue": func(k kin) error {
			_, err := d.Insurance.Claim(ctx, d.actor, mine.policy, mine.asset, insurance.Story{IncidentOn: today, Issue: k.issue}, d.now)
			return err
		},
		"insurance_claim.issue, edited": func(k kin) error {
			_, err := d.Insurance.EditClaim(ctx, d.actor, mine.claim, func(st *insurance.Story) error { st.Issue = k.issue; return nil }, 0, d.now)
			return err
		},
		"maintenance_window.issue": func(k kin) error {
			_, err := d.Maintenance.Plan(ctx, d.actor, mine.asset, maintenance.Details{StartsAt: d.now, Reason: "service", Issue: k.issue}, []string{mine.window}, d.now)
			return err
		},
		"maintenance_window.reminder, edited": func(k kin) error {
			_, err := d.Maintenance.Edit(ctx, d.actor, mine.window, func(w *maintenance.Details) error { w.Reminder = k.reminder; return nil }, nil, 0, d.now)
			return err
		},
	}
}

// TestWhatARecordNamesIsThereAndOfItsAsset: an id that nobody has, another
// asset's and another workspace's are refused with the same words.
func TestWhatARecordNamesIsThereAndOfItsAsset(t *testing.T) {
	t.Parallel()
	d, far := newDepot(t), newDepot(t)
	mine := d.kin()
	others := map[string]kin{
		"of nobody":        {issue: "iss_01k9x3v7q2m8r4t6w0y5z1a3b5", window: "mtw_01k9x3v7q2m8r4t6w0y5z1a3b5", reminder: "rem_01k9x3v7q2m8r4t6w0y5z1a3b5", claim: "clm_01k9x3v7q2m8r4t6w0y5z1a3b5"},
		"of another asset": d.kin(),
		"of another's":     far.kin(),
	}
	for what, say := range d.sayings(mine) {
		code, _, _ := strings.Cut(what, ",")
		words := map[string]bool{}
		for whose, k := range others {
			err := say(k)
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Kind != fault.Invalid || f.Code != code || len(f.Fields) != 1 || "."+f.Fields[0].Name != code[strings.Index(code, "."):] {
				t.Errorf("%s %s: %v", what, whose, err)
				continue
			}
			words[f.Message] = true
		}
		if len(words) != 1 {
			t.Errorf("%s: whose it is can be told by %v", what, words)
		}
	}
	for what, say := range d.sayings(mine) {
		if err := say(mine); err != nil {
			t.Errorf("%s: its own: %v", what, err)
		}
	}
}

// TestWorkIsGivenToWhoWorksHere is the same of users: issues, reminders and
// templates. Who is disabled later keeps what they have.
func TestWorkIsGivenToWhoWorksHere(t *testing.T) {
	t.Parallel()
	d, far := newDepot(t), newDepot(t)
	ctx, today, asset := t.Context(), span.DateOf(d.now), d.car()
	tom, err := d.Members.Found(ctx, d.actor.Workspace, "tom@harbour.example", "Tom", d.now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Members.Found(ctx, d.actor.Workspace, "mia@harbour.example", "Mia", d.now); err != nil {
		t.Fatal(err) // the last Admin is not disabled
	}
	stranger, err := far.Members.Found(ctx, far.actor.Workspace, "ann@harbour.example", "Ann", far.now)
	if err != nil {
		t.Fatal(err)
	}
	var made string
	give := map[string]func(user string) error{
		"issue.assignee": func(user string) error {
			i, err := d.Issues.Report(ctx, d.actor, asset, issue.Details{Title: "Scratch", Type: "damage", Assignee: user}, d.now)
			if err == nil {
				made = i.ID
			}
			return err
		},
		"service_reminder.assignees": func(user string) error {
			_, err := d.Reminders.Schedule(ctx, d.actor, asset, reminder.Details{Name: "Oil", DueOn: today.Plus(90), Assignees: []string{user}}, d.now)
			return err
		},
		"service_reminder.assignees, template": func(user string) error {
			_, err := d.Reminders.CreateTemplate(ctx, d.actor, reminder.TemplateDetails{Name: "Oil", IntervalDays: 90, Assignees: []string{user}}, d.now)
			return err
		},
	}
	refused := func(what, user string) {
		t.Helper()
		code, _, _ := strings.Cut(what, ",")
		if err := give[what](user); fault.KindOf(err) != fault.Invalid || fault.CodeOf(err) != code {
			t.Errorf("%s to %s: %v", what, user, err)
		}
	}
	for what, to := range give {
		refused(what, "usr_01k9x3v7q2m8r4t6w0y5z1a3b5")
		refused(what, stranger.ID)
		if err := to(tom.ID); err != nil {
			t.Errorf("%s to Tom: %v", what, err)
		}
	}
	admin := access.System(d.actor.Workspace)
	if _, err := d.Members.Disable(ctx, admin, tom.ID, 0, d.now); err != nil {
		t.Fatal(err)
	}
	for what := range give {
		refused(what, tom.ID)
	}
	if _, err := d.Issues.Edit(ctx, d.actor, made, func(x *issue.Details) error { x.Title = "Scratch, left"; return nil }, 0, d.now); err != nil {
		t.Errorf("an issue of who left: %v", err)
	}
}
