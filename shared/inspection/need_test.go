package inspection_test

import (
	"testing"

	"motorpool/shared/fault"
	"motorpool/shared/inspection"
)

// TestEndingABookingPrompts is the rule of the product spec, section 2.11, and
// what it leaves to the booking rules.
func TestEndingABookingPrompts(t *testing.T) {
	t.Parallel()
	tpl := func(id string, k inspection.Kind, s inspection.TemplateState, change func(*inspection.Details)) *inspection.Template {
		x := &inspection.Template{ID: id, State: s, Details: inspection.Details{Kind: k}}
		if change != nil {
			change(&x.Details)
		}
		return x
	}
	car := inspection.Vehicle{Categories: []string{"cat_1"}, Locations: []string{"loc_1"}}
	here := func(d *inspection.Details) { d.Locations = []string{"loc_1"} }
	there := func(d *inspection.Details) { d.Locations = []string{"loc_2"} }
	rental := func(d *inspection.Details) { d.ProgramTypes = []string{"rental"} }
	done := func(k inspection.Kind, s inspection.State, booking string) []*inspection.Inspection {
		return []*inspection.Inspection{{ID: "ins_1", Kind: k, State: s, Asset: "ast_1", Booking: booking}}
	}
	for name, tt := range map[string]struct {
		kind      inspection.Kind
		required  bool
		published []*inspection.Template
		had       []*inspection.Inspection
		asked     bool
		offer     string // the first
		skip      string // the fault without a reason, with a colon that with one
	}{
		"nothing is set up":                {kind: inspection.Return},
		"only a draft":                     {kind: inspection.Return, published: []*inspection.Template{tpl("a", inspection.Return, inspection.Draft, nil)}},
		"a return":                         {inspection.Return, false, []*inspection.Template{tpl("a", inspection.Return, inspection.Published, nil)}, nil, true, "a", "inspection.skip_reason:"},
		"any template prompts at the end":  {inspection.Return, false, []*inspection.Template{tpl("a", inspection.AdHoc, inspection.Published, nil)}, nil, true, "a", "inspection.skip_reason:"},
		"the narrower first":               {inspection.Return, false, []*inspection.Template{tpl("a", inspection.Return, inspection.Published, nil), tpl("b", inspection.Return, inspection.Published, here)}, nil, true, "b", "inspection.skip_reason:"},
		"for another place":                {inspection.Handover, false, []*inspection.Template{tpl("a", inspection.Handover, inspection.Published, there)}, nil, false, "", ""},
		"for this programme":               {inspection.Handover, false, []*inspection.Template{tpl("a", inspection.Handover, inspection.Published, rental)}, nil, true, "a", "inspection.skip_reason:"},
		"a return does not begin anything": {inspection.Handover, false, []*inspection.Template{tpl("a", inspection.Return, inspection.Published, nil)}, nil, false, "", ""},
		"required":                         {inspection.Handover, true, []*inspection.Template{tpl("a", inspection.Handover, inspection.Published, nil)}, nil, true, "a", "inspection.required:inspection.required"},
		"required and without a template":  {inspection.Handover, true, nil, nil, true, "", "inspection.required:inspection.required"},
		"required and done":                {inspection.Return, true, []*inspection.Template{tpl("a", inspection.Return, inspection.Published, nil)}, done(inspection.Return, inspection.Disputed, "bkg_1"), false, "a", ""},
		"of another kind":                  {inspection.Return, true, nil, done(inspection.Handover, inspection.Complete, "bkg_1"), true, "", "inspection.required:inspection.required"},
		"of another booking":               {inspection.Return, true, nil, done(inspection.Return, inspection.Complete, "bkg_2"), true, "", "inspection.required:inspection.required"},
		"voided":                           {inspection.Return, true, nil, done(inspection.Return, inspection.Voided, "bkg_1"), true, "", "inspection.required:inspection.required"},
		"not complete":                     {inspection.Return, true, nil, done(inspection.Return, inspection.InProgress, "bkg_1"), true, "", "inspection.required:inspection.required"},
	} {
		o := inspection.Occasion{Kind: tt.kind, Asset: "ast_1", Booking: "bkg_1", ProgramType: "rental", Required: tt.required}
		n := inspection.Ask(o, car, tt.published, tt.had)
		offer := ""
		if len(n.Offers) > 0 {
			offer = n.Offers[0].ID
		}
		skip := ""
		if err := n.Skip(" "); err != nil {
			skip = fault.CodeOf(err) + ":"
		}
		if err := n.Skip("The customer is in a hurry"); err != nil {
			skip += fault.CodeOf(err)
		}
		if n.Asked != tt.asked || offer != tt.offer || skip != tt.skip {
			t.Errorf("%s: asked %v, offers %q, skipping %q", name, n.Asked, offer, skip)
		}
	}
}

func TestABookingHearsWhatItNeeds(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	tpl := y.template(inspection.Return, lights)
	o := inspection.Occasion{Kind: inspection.Return, Asset: y.car, Booking: "bkg_00000000000000000000000001", Required: true}
	if n, err := y.Need(t.Context(), y.mia, o); err != nil || !n.Asked || n.Done || len(n.Offers) != 1 || n.Offers[0].ID != tpl {
		t.Errorf("before: %+v, %v", n, err)
	}
	id := must(y.Begin(t.Context(), y.mia, inspection.Order{Asset: y.car, Template: tpl, Booking: o.Booking}, now))(t).ID
	y.say(id, answers{"lights": {Choice: "pass"}})
	y.complete(id)
	if n, err := y.Need(t.Context(), y.mia, o); err != nil || n.Asked || !n.Done || n.By != id || n.Skip("") != nil {
		t.Errorf("after: %+v, %v", n, err)
	}
}

func TestANewWorkspaceAdoptsTheStarters(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	all := must(y.Adopt(t.Context(), y.mia, now))(t)
	if len(all) != 2 || all[0].State != inspection.Published || all[0].Edition != 1 {
		t.Errorf("adopted %+v", all)
	}
	if _, err := y.Adopt(t.Context(), y.mia, now); fault.CodeOf(err) != "inspection_template.there" {
		t.Errorf("again: %v", err)
	}
	if page, _, err := y.Templates(t.Context(), y.mia.Workspace, inspection.TemplateFilter{Kind: inspection.Return}, "", 10); err != nil || len(page) != 1 {
		t.Errorf("returns: %v, %v", page, err)
	}
}

// TestReportsThatWereNotMadeAreCaught: the files were out of reach when the
// inspection was completed.
func TestReportsThatWereNotMadeAreCaught(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.begin(y.template(inspection.Return, lights))
	y.say(id, answers{"lights": {Choice: "pass"}})
	y.Files = nil
	if i := y.complete(id); i.Report != nil || i.State != inspection.Complete {
		t.Errorf("without files: %s, %+v", i.State, i.Report)
	}
	if err := y.Catch(t.Context(), y.mia.Workspace, now); fault.CodeOf(err) == "internal" {
		t.Errorf("still without: %v", err)
	}
	y.Files = y.shelf
	for range 2 {
		if err := y.Catch(t.Context(), y.mia.Workspace, now); err != nil {
			t.Fatal(err)
		}
	}
	if i := must(y.Inspection(t.Context(), y.mia, id))(t); i.Report == nil || len(y.shelf.body) != 1 {
		t.Errorf("caught %+v, %d files", i.Report, len(y.shelf.body))
	}
}
