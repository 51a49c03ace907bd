package console_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"motorpool/shared/expense"
	"motorpool/shared/insurance"
	"motorpool/shared/money"
)

// insured is a fleet of which one vehicle is cared for, costs and is insured.
type insured struct {
	cared
	expense, policy, fleet, claim string
}

func (s *site) insured() insured {
	s.t.Helper()
	return s.insuredFor(s.cared())
}

// insuredFor gives a vehicle that is cared for an expense, policies and a claim.
func (s *site) insuredFor(of cared) insured {
	s.t.Helper()
	k := insured{cared: of}
	ctx, now := s.t.Context(), s.h.Now()
	must := func(err error) {
		s.t.Helper()
		if err != nil {
			s.t.Fatal(err)
		}
	}
	today, err := s.h.Insurance.Today(ctx, s.owner.Workspace, now)
	must(err)
	e, err := s.h.Expenses.Record(ctx, s.owner, k.car.ID, expense.Details{Item: "tyres", Date: today, Amount: money.Amount{Minor: 2876000, Currency: "AUD"}, TaxRate: "10", Vendor: "Northside Tyres"}, now)
	must(err)
	p, err := s.h.Insurance.Insure(ctx, s.owner, insurance.Terms{
		Insurer: "Harbour Mutual", Number: "HM-883201", Kind: "comprehensive", Assets: []string{k.car.ID}, Start: today.Plus(-300), End: today.Plus(20),
		Premium: money.Amount{Minor: 123456, Currency: "AUD"}, Frequency: "yearly", Excess: money.Amount{Minor: 80000, Currency: "AUD"}, Notes: "Call Ann",
	}, now)
	must(err)
	w, err := s.h.Insurance.Insure(ctx, s.owner, insurance.Terms{Insurer: "Southern Cross", Number: "SX-1", Kind: "liability", WholeFleet: true, Start: today.Plus(-10), End: today.Plus(300)}, now)
	must(err)
	c, err := s.h.Insurance.Claim(ctx, s.owner, p.ID, k.car.ID, insurance.Story{IncidentOn: today, Number: "C-55120", Place: "Pitt Street", Claimed: money.Amount{Minor: 420000, Currency: "AUD"}}, now)
	must(err)
	k.expense, k.policy, k.fleet, k.claim = e.ID, p.ID, w.ID, c.ID
	return k
}

func TestAnExpenseIsEditedGetsReceiptsAndIsVoidedInTheConsole(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().insured()
	path := "/expenses/" + k.expense
	k.get("/expenses").want(http.StatusOK).has("AUD 28,760.00", "Northside Tyres", path, `name="list" value="expenses"`)
	k.get("/expenses?vendor=nobody").want(http.StatusOK).has("Nothing matches")
	k.get("/expenses?from=soon").want(http.StatusOK).has("Give a day")
	k.get("/assets/"+k.car.ID+"/costs").want(http.StatusOK).has(path, "AUD 28,760.00")
	k.get(path).want(http.StatusOK).has("AUD 28,760.00", "Tax in it", "None yet.", path+"/edit")
	k.get(path+"/edit").want(http.StatusOK).has("Brakes grind", "Claim C-55120", "Oil and filter", "Service ")

	form := url.Values{"item": {"tyres"}, "date": {"2026-02-20"}, "amount": {"AUD 440"}, "tax_rate": {"10"}, "vendor": {"<i>North"}, "odometer": {"48,210"}, "issue": {k.issue}, "maintenance": {k.window}, "reminder": {k.reminder}, "claim": {k.claim}, "version": {"1"}}
	k.post(path, form).want(http.StatusOK).
		has("Saved.", "AUD 440.00", "AUD 40.00", "&lt;i&gt;North", "48,210 km", "/issues/"+k.issue, "/maintenance/"+k.window, "/reminders/"+k.reminder, "/insurance-claims/"+k.claim)
	k.post(path, form).want(http.StatusConflict)
	k.post(path, url.Values{"item": {"tyres"}, "date": {"x"}, "amount": {"1"}, "odometer": {"far"}, "vendor": {"Kept"}, "version": {"2"}}).
		want(http.StatusUnprocessableEntity).has("Give a day", "Give a currency", `value="Kept"`)
	k.post(path, url.Values{"item": {"tyres"}, "date": {"2026-02-20"}, "amount": {"AUD 440"}, "issue": {"iss_01k9x3v7q2m8r4t6w0y5z1a3b5"}, "version": {"2"}}).
		want(http.StatusUnprocessableEntity).has("This asset has no such issue.")

	sent := k.sendFiles(path, "receipt", map[string][]byte{"tyres.jpg": jpegOf(t, 80, 60)}).want(http.StatusOK)
	id := regexp.MustCompile(`name="file" value="(att_[a-z0-9]+)"`).FindStringSubmatch(sent.body)
	if id == nil {
		t.Fatal(sent.body)
	}
	k.post(path+"/receipts", url.Values{"file": {id[1]}}).want(http.StatusOK).has("The receipt is added.", "tyres.jpg", path+"/receipts/"+id[1])
	if pic := k.get(path + "/receipts/" + id[1]).want(http.StatusOK); pic.header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("the receipt came as %v", pic.header)
	}
	k.get(path + "/receipts/att_01k9x3v7q2m8r4t6w0y5z1a3b5").want(http.StatusNotFound)
	k.post(path+"/receipts/"+id[1]+"/drop", nil).want(http.StatusOK).has("The receipt is removed.", "None yet.")

	k.post(path+"/void", url.Values{"reason": {""}}).want(http.StatusUnprocessableEntity)
	k.post(path+"/void", url.Values{"reason": {"Entered twice"}}).want(http.StatusOK).has("Voided", "Entered twice").lacks(path + "/edit")
	k.get(path + "/edit").want(http.StatusConflict)
	k.get("/expenses/exp_none").want(http.StatusNotFound)
	if v := k.post("/exports", url.Values{"list": {"expenses"}, "filters": {"state=voided"}}).want(http.StatusOK); !strings.Contains(v.body, "Expenses") {
		t.Errorf("no export: %s", v.body)
	}
}
