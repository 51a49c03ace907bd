package console_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"motorpool/shared/access"
	"motorpool/shared/fleet"
	"motorpool/shared/insurance"
	"motorpool/shared/location"
)

// pages are every page of expenses and insurance.
func (k insured) pages() []string {
	of, policy, claim := "?asset="+k.car.ID, "/insurance/"+k.policy, "/insurance-claims/"+k.claim
	return []string{
		"/expenses", "/expenses?vendor=nobody", "/expenses/" + k.expense, "/expenses/" + k.expense + "/edit", "/assets/" + k.car.ID + "/costs", "/assets/" + k.car.ID,
		"/insurance", "/insurance?q=nobody", "/insurance" + of, "/insurance/new", "/insurance/new" + of, policy, policy + "?tab=history", policy + "/edit", "/insurance/" + k.fleet,
		"/insurance-claims", "/insurance-claims" + of, "/insurance-claims?state=closed", "/insurance-claims/new" + of, "/insurance-claims/new?policy=" + k.policy, claim, claim + "/edit",
	}
}

func TestEveryPageOfExpensesAndInsuranceIsThereAndOnlyForItsOwners(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().insured()
	for _, path := range k.pages() {
		k.get(path).want(http.StatusOK).has("<!doctype html>", "<h1>").lacks("ZgotmplZ", "<style", " style=", "onclick")
	}
	for _, path := range []string{"/insurance/pol_9", "/insurance/pol_9/edit", "/insurance-claims/clm_9", "/insurance-claims/clm_9/edit", "/insurance?asset=ast_9", "/insurance-claims?asset=ast_9", "/insurance/new?asset=ast_9"} {
		k.get(path).want(http.StatusNotFound)
	}
}

func TestAPolicyLivesItsWholeLifeInTheConsole(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().insured()
	k.get("/insurance").want(http.StatusOK).has("Harbour Mutual HM-883201", "in 20 days", "AUD 1,234.56", "The whole fleet", `href="/insurance"`, `name="list" value="insurance-policies"`)
	k.get("/insurance?q=southern").want(http.StatusOK).has("SX-1").lacks("HM-883201")
	k.get("/insurance?q=hm-88").want(http.StatusOK).has("HM-883201").lacks("SX-1")
	k.get("/insurance?state=expired").want(http.StatusOK).has("Nothing matches")
	k.get("/assets/"+k.car.ID).want(http.StatusOK).has("/insurance/"+k.policy, "in 20 days", "/insurance/"+k.fleet)
	k.get("/insurance?asset="+k.car.ID).want(http.StatusOK).has("HM-883201", "SX-1")
	k.get("/insurance/"+k.policy).want(http.StatusOK).has("It ends in 20 days", "AUD 800.00", "Claim C-55120", "AUD 4,200.00", "Call Ann", k.car.ID)

	form := url.Values{"insurer": {"<b>Mutual"}, "number": {"M-1"}, "kind": {"liability"}, "assets": {"c-001, CHC 11A"}, "start": {"2026-01-01"}, "end": {"2099-12-31"}, "premium": {"AUD 12,400"}, "frequency": {"yearly"}}
	k.post("/insurance", form).want(http.StatusUnprocessableEntity).has("within 20 years")
	form.Set("end", "2040-12-31")
	form.Set("assets", "C-001, no such car")
	k.post("/insurance", form).want(http.StatusUnprocessableEntity).has("There is no vehicle “no such car” here", `id="f-assets-wrong"`)
	form.Set("assets", "c-001, CHC 11A")
	made := k.post("/insurance", form).want(http.StatusOK)
	made.has("The policy is here.", "&lt;b&gt;Mutual M-1", "AUD 12,400.00", "2 vehicles", "(C-001)", "(C-002)").lacks("<b>Mutual")
	path := "/insurance/" + made.after("/insurance/")

	form.Set("version", "1")
	form.Set("insurer", "Mutual")
	form.Set("assets", "")
	form.Set("whole_fleet", "true")
	k.post(path, form).want(http.StatusOK).has("Saved.", "The whole fleet")
	k.post(path, form).want(http.StatusConflict)
	k.post(path+"/renew", url.Values{"end": {"2030-12-31"}}).want(http.StatusUnprocessableEntity).has("after 2040-12-31")
	k.post(path+"/renew", url.Values{"end": {"2041-12-31"}, "premium": {"AUD 13,000"}}).want(http.StatusOK).has("The policy is renewed.", "2041-12-31", "AUD 13,000.00")
	k.get(path+"?tab=history").want(http.StatusOK).has("Insurance policy updated", "Insurance policy created", "<dt>premium</dt>", "→ AUD 13,000.00</dd>").lacks("minor")

	id := k.keepDocument(path)
	k.post(path+"/documents/"+id+"/drop", nil).want(http.StatusOK).has("The document is removed.", "None yet")

	k.post(path+"/cancel", url.Values{"on": {""}}).want(http.StatusUnprocessableEntity)
	today, err := k.h.Insurance.Today(t.Context(), k.owner.Workspace, k.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	k.post(path+"/cancel", url.Values{"on": {today.String()}}).want(http.StatusOK).has("The policy is cancelled.", "Cancelled").lacks(path + "/edit")
	k.post(path, form).want(http.StatusConflict)
}

// keepDocument uploads a document on a page, adds it, reads it, and returns its id.
func (s *site) keepDocument(path string) string {
	s.t.Helper()
	sent := s.sendFiles(path, "document", map[string][]byte{"terms.jpg": jpegOf(s.t, 80, 60)}).want(http.StatusOK)
	id := regexp.MustCompile(`name="file" value="(att_[a-z0-9]+)"`).FindStringSubmatch(sent.body)
	if id == nil {
		s.t.Fatal(sent.body)
	}
	s.post(path+"/documents", url.Values{"file": {id[1]}}).want(http.StatusOK).has("The document is added.", "terms.jpg")
	if pic := s.get(path + "/documents/" + id[1]).want(http.StatusOK); pic.header.Get("Content-Type") != "image/jpeg" {
		s.t.Errorf("the document came as %v", pic.header)
	}
	s.get(path + "/documents/att_01k9x3v7q2m8r4t6w0y5z1a3b5").want(http.StatusNotFound)
	return id[1]
}

func TestAClaimGoesItsWayInTheConsole(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().insured()
	k.get("/insurance-claims").want(http.StatusOK).has("Claim C-55120", "AUD 4,200.00", "Open")
	k.get("/insurance-claims?q=c-9").want(http.StatusOK).has("Nothing matches")
	k.get("/insurance-claims/new?policy="+k.policy).want(http.StatusOK).has(`value="C-001"`, `value="`+k.policy+`" selected`)
	form := url.Values{"policy": {k.policy}, "asset": {"C-002"}, "incident_on": {k.h.Now().AddDate(0, 0, -2).Format("2006-01-02")}, "place": {"Pier"}, "claimed": {"AUD 4200"}, "description": {"<script>"}}
	k.post("/insurance-claims", form).want(http.StatusUnprocessableEntity).has("did not cover this asset", `value="Pier"`)
	form.Set("asset", "nothing")
	k.post("/insurance-claims", form).want(http.StatusUnprocessableEntity).has(`id="f-asset-wrong"`)
	form.Set("asset", "C-001")
	form.Set("policy", "")
	k.post("/insurance-claims", form).want(http.StatusUnprocessableEntity).has(`id="f-policy-wrong"`)
	form.Set("policy", k.policy)
	made := k.post("/insurance-claims", form).want(http.StatusOK)
	made.has("The claim is open.", "AUD 4,200.00", "AUD 800.00", "&lt;script&gt;", "/insurance/"+k.policy, "/assets/"+k.car.ID)
	path := "/insurance-claims/" + made.after("/insurance-claims/")
	k.get(path + "/edit").want(http.StatusOK).has("Brakes grind")
	say := url.Values{"incident_on": form["incident_on"], "number": {"C-9"}, "issue": {k.issue}, "claimed": {"AUD 4200"}, "version": {"1"}}
	k.post(path, say).want(http.StatusOK).has("Saved.", "Claim C-9", "/issues/"+k.issue)
	k.post(path, say).want(http.StatusConflict)
	k.keepDocument(path)
	for _, to := range []string{"lodged", "declined", "lodged", "approved"} {
		k.post(path+"/move", url.Values{"to": {to}}).want(http.StatusOK).has("The claim has moved on.")
	}
	k.post(path+"/move", url.Values{"to": {"settled"}}).want(http.StatusUnprocessableEntity)
	k.post(path+"/move", url.Values{"to": {"settled"}, "settled": {"AUD 3400"}}).want(http.StatusOK).has("Settled", "AUD 3,400.00")
	k.post(path+"/move", url.Values{"to": {"closed"}}).want(http.StatusOK).has("Closed").lacks(path + "/edit")
	k.post(path+"/move", url.Values{"to": {"lodged"}}).want(http.StatusConflict)
}

// TestInsuranceOfOtherLocationsAndReadersIsNotShown: who works at one location
// sees a policy by their vehicles, and who reads changes nothing.
func TestInsuranceOfOtherLocationsAndReadersIsNotShown(t *testing.T) {
	s := still(t)
	k := s.insured()
	ctx, now := t.Context(), s.h.Now()
	here, err := s.h.Locations.Create(ctx, s.owner, location.Details{Name: "Perth"}, now)
	if err != nil {
		t.Fatal(err)
	}
	mine, err := s.h.Fleet.Create(ctx, s.owner, fleet.AssetDetails{Type: "car", Make: "Kia", Model: "Rio", Number: "P-1", HomeLocation: here.ID}, now)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := s.h.Insurance.EditPolicy(ctx, s.owner, k.policy, func(p *insurance.Terms) error { p.Assets = append(p.Assets, mine.ID); return nil }, 0, now)
	if err != nil {
		t.Fatal(err)
	}
	clerk, _ := s.hire("ned@example.com", s.role("Reader", access.ViewAssets, access.ViewExpenses), here.ID)
	clerk.get("/insurance/"+shared.ID).want(http.StatusOK).has("Kia Rio", "And 1 vehicle at other locations.").lacks(k.car.ID, "Claim C-55120", "/edit", `data-dialog="renew"`, `name="files"`)
	clerk.get("/insurance-claims").want(http.StatusOK).has("No claims").lacks("C-55120", "/insurance-claims/new")
	for _, path := range []string{"/insurance-claims/" + k.claim, "/expenses/" + k.expense, "/insurance?asset=" + k.car.ID} {
		clerk.get(path).want(http.StatusNotFound)
	}
	for _, path := range []string{"/insurance/new", "/insurance/" + k.policy + "/edit", "/insurance-claims/new", "/expenses/" + k.expense + "/edit"} {
		clerk.get(path).want(http.StatusForbidden)
	}
	for _, path := range []string{"/insurance", "/insurance/" + k.policy + "/renew", "/insurance/" + k.policy + "/cancel", "/insurance-claims/" + k.claim + "/move", "/expenses/" + k.expense + "/void"} {
		clerk.post(path, nil).want(http.StatusForbidden)
	}
	blind, _ := s.hire("bea@example.com", s.role("Blind", access.ViewAssets))
	for _, path := range []string{"/insurance", "/insurance/" + k.policy, "/insurance-claims", "/expenses", "/expenses/" + k.expense} {
		blind.get(path).want(http.StatusForbidden)
	}
	if v := blind.get("/assets/" + k.car.ID).want(http.StatusOK); strings.Contains(v.body, "HM-883201") || strings.Contains(v.body, "/insurance") {
		t.Error("the policy is shown to who may not see it")
	}
}

// TestTheMoneyOfAFleetInTheBrowser holds the pages of expenses and insurance
// against the rules of accessibility, on a desk and on a phone.
func TestTheMoneyOfAFleetInTheBrowser(t *testing.T) {
	s := open(t)
	src := axe(t)
	b := s.browse()
	b.expected = []string{"422"}
	b.enter(s.link())
	k := s.insured()
	for _, theme := range []string{"light", "dark"} {
		b.theme(theme)
		for _, path := range k.pages() {
			b.desk()
			b.open(path)
			b.accessible(src, path+" ("+theme+")")
			if theme == "light" {
				b.phone()
				b.fits(path)
				b.accessible(src, path+" (phone)")
			}
		}
	}
	b.desk()
	b.open("/insurance/" + k.policy)
	b.shoot("policy")
	b.press("Renew")
	b.sees("Its last day moves.")
	b.accessible(src, "renew")
	eval[bool](b, `document.querySelector("dialog[open] button.main").click(); true`)
	b.sees("The policy is renewed.")
	b.open("/insurance-claims/" + k.claim)
	b.press("Lodged with the insurer")
	b.sees("The claim has moved on.")
	b.shoot("claim")
	b.open("/expenses/" + k.expense)
	b.shoot("expense")
	b.phone()
	b.open("/insurance")
	b.shoot("insurance-phone")
}
