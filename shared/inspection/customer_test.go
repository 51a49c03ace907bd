package inspection_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/inspection"
)

func TestACustomerReadsAndAnswersOverTheirLink(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	o := inspection.Order{Asset: y.car, Template: y.template(inspection.Return, lights), Customer: inspection.Customer{Name: "Ada", Email: "ada@example.com"}}
	id := must(y.Begin(t.Context(), y.mia, o, now))(t).ID
	y.say(id, answers{"lights": {Choice: "pass"}})
	y.complete(id)
	if len(y.shelf.letters) != 1 || y.shelf.letters[0].Email != "ada@example.com" {
		t.Fatalf("letters: %+v", y.shelf.letters)
	}
	token := strings.TrimPrefix(y.shelf.letters[0].Link, "/inspection/")
	if _, err := y.Open(t.Context(), token, now); err != nil {
		t.Fatal(err)
	}
	refused := map[string]error{}
	_, refused["a guess"] = y.Open(t.Context(), strings.Repeat("a", 26), now)
	_, refused["eight days later"] = y.Open(t.Context(), token, now.AddDate(0, 0, 8))
	if err := y.Judge(t.Context(), token, inspection.Disputed, inspection.Verdict{Name: "Ada", Comment: "It was like that."}, now); err != nil {
		t.Fatal(err)
	}
	if err := y.Judge(t.Context(), token, inspection.Acknowledged, inspection.Verdict{Name: "Ada"}, now); fault.CodeOf(err) != "inspection.disputed" {
		t.Errorf("a second opinion: %v", err)
	}
	sheet := must(y.Open(t.Context(), token, now))(t)
	if sheet.State != inspection.Disputed || sheet.Verdict.By != "" || sheet.Verdict.Comment == "" {
		t.Errorf("it is %s: %+v", sheet.State, sheet.Verdict)
	}
	pass := must(y.Invite(t.Context(), y.mia, id, now))(t)
	_, refused["the link before"] = y.Open(t.Context(), token, now)
	must(y.Cancel(t.Context(), y.mia, id, "The wrong car", 0, now))(t)
	_, refused["a voided one"] = y.Open(t.Context(), strings.TrimPrefix(pass.URL, "https://m.example/inspection/"), now)
	want := refused["a guess"].Error()
	for name, err := range refused {
		if fault.CodeOf(err) != "link.not_found" || err.Error() != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestListsFilterAndSort(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	ret, adhoc := y.template(inspection.Return, lights), y.template(inspection.AdHoc, lights)
	other := y.asset()
	var ids []string
	for n, tpl := range []string{ret, adhoc, ret} {
		at := now.AddDate(0, 0, n)
		y.NewID = ident.Sortable(func() time.Time { return at })
		car := y.car
		if n == 2 {
			car = other
		}
		ids = append(ids, must(y.Begin(t.Context(), y.mia, inspection.Order{Asset: car, Template: tpl, Booking: "bkg_00000000000000000000000001", Plan: n == 0}, at))(t).ID)
	}
	for name, tt := range map[string]struct {
		f    inspection.Filter
		want []int
	}{
		"all":               {inspection.Filter{}, []int{2, 1, 0}},
		"oldest first":      {inspection.Filter{Oldest: true}, []int{0, 1, 2}},
		"of an asset":       {inspection.Filter{Asset: y.car}, []int{1, 0}},
		"of a state":        {inspection.Filter{State: inspection.Planned}, []int{0}},
		"of a kind":         {inspection.Filter{Kind: inspection.Return}, []int{2, 0}},
		"of a booking":      {inspection.Filter{Booking: "bkg_00000000000000000000000001", State: inspection.InProgress}, []int{2, 1}},
		"since":             {inspection.Filter{Since: now.AddDate(0, 0, 1)}, []int{2, 1}},
		"until":             {inspection.Filter{Until: now.AddDate(0, 0, 1)}, []int{0}},
		"of a state, since": {inspection.Filter{State: inspection.InProgress, Since: now.AddDate(0, 0, 2)}, []int{2}},
	} {
		page, _, err := y.Inspections(t.Context(), y.mia, tt.f, "", 50)
		var got []int
		for _, i := range page {
			got = append(got, slices.Index(ids, i.ID))
		}
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, %v, want %v", name, got, err, tt.want)
		}
	}
	bound := y.mia
	bound.Locations = []string{"loc_elsewhere"}
	if page, _, err := y.Inspections(t.Context(), bound, inspection.Filter{}, "", 50); err != nil || len(page) != 0 {
		t.Errorf("who works elsewhere sees %d, %v", len(page), err)
	}
	if _, err := y.Inspection(t.Context(), bound, ids[0]); fault.CodeOf(err) != "inspection.not_found" {
		t.Errorf("who works elsewhere reads one: %v", err)
	}
	stranger := access.Actor{Kind: "user", ID: "usr_2", Workspace: "wsp_2", Grants: access.All()}
	if _, err := y.Inspection(t.Context(), stranger, ids[0]); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a stranger: %v", err)
	}
}
