package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"motorpool/functions/console"
	"motorpool/shared/access"
	"motorpool/shared/apitest"
)

func TestAPersonIsAddedBlockedAndMerged(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.get("/people").want(http.StatusOK).has("Nobody here yet")
	made := s.post("/people", url.Values{
		"given_name": {"Ana"}, "family_name": {"Núñez"}, "email": {"ana@customers.example"}, "mobile": {"+61 412 345 678"}, "birth_date": {"1991-04-30"},
		"residential_address.line_1": {"12 Harbour St"}, "residential_address.postcode": {"2000"}, "payment_terms_days": {"0"},
		"marketing_consent.given": {"true"}, "marketing_consent.how": {"On the form"}, "tags": {"weekly, vip"}, "notes": {"<b>Hm</b>"},
	}).want(http.StatusOK)
	made.has("The person is here.", "Ana Núñez", "61412345678", "12 Harbour St, 2000", "0 days", "On the form", "&lt;b&gt;Hm").lacks("<b>Hm")
	id := made.after("/people/")
	path := "/people/" + id
	s.get("/people?q=nunez").want(http.StatusOK).has(path, "ana@customers.example")
	s.get("/people?q=zz").want(http.StatusOK).has("Nobody matches")
	s.get(path+"/edit").want(http.StatusOK).has(`value="1991-04-30"`, `name="version" value="1"`, `value="On the form"`)
	s.post(path, url.Values{"given_name": {"Ana"}, "version": {"7"}}).want(http.StatusConflict)

	s.post(path+"/contacts", url.Values{"type": {"emergency"}, "name": {"Luis"}}).want(http.StatusOK).has("The contact is added.", "Luis", "Not verified")
	s.post(path+"/block", url.Values{"reason": {"fraud"}, "note": {"False papers"}}).want(http.StatusOK).has("Blocked: fraud", "False papers")
	s.post(path+"/unblock", url.Values{"note": {"They were true"}}).want(http.StatusOK).lacks("Blocked: fraud")
	s.get(path+"?tab=blocks").want(http.StatusOK).has("False papers", "They were true")

	twin := s.post("/people", url.Values{"given_name": {"ana"}, "family_name": {"nunez"}, "mobile": {"+61412345678"}, "birth_date": {"1991-04-30"}}).want(http.StatusOK).after("/people/")
	s.get(path+"?tab=duplicates").want(http.StatusOK).has("/people/"+twin, "mobile, name and birth date", `value="`+id+`"`)
	s.post(path+"/block", url.Values{"reason": {"fraud"}}).want(http.StatusOK).lacks("looks like somebody who is blocked")
	s.get("/people/"+twin).want(http.StatusOK).has("This looks like somebody who is blocked here.", "same mobile, name and birth date", `href="`+path+`"`)
	firm := s.post("/companies", url.Values{"trading_name": {"Núñez Freight"}, "billing_emails": {"ana+bills@customers.example"}, "phone": {"+61 412 345 678"}}).want(http.StatusOK).has("This looks like somebody who is blocked here.", "same email, mobile").after("/companies/")
	s.post(path+"/unblock", nil).want(http.StatusOK)
	s.get("/people/" + twin).want(http.StatusOK).lacks("looks like somebody who is blocked")
	s.get("/companies/" + firm).want(http.StatusOK).lacks("looks like somebody who is blocked")
	s.post("/people/"+twin+"/merge", url.Values{"into": {id}}).want(http.StatusOK).has("They are one person now.", twin)
	s.get("/people/" + twin).want(http.StatusOK).has("ana@customers.example")
	s.get(path+"?tab=history").want(http.StatusOK).has("Person merged", "Person blocked").lacks("ana@customers.example")
	s.post(path+"/archive", nil).want(http.StatusOK).has("Archived")
	s.post(path+"/restore", nil).want(http.StatusOK).has("Restored.")
	if all := s.copyOf(id); !strings.Contains(all, `"email": "ana@customers.example"`) || !strings.Contains(all, "Luis") || !strings.Contains(all, twin) {
		t.Errorf("the export: %s", all)
	}
	s.post(path+"/anonymise", nil).want(http.StatusOK).has("All that was personal is erased.").lacks("Núñez", "12 Harbour", path+"/edit")
}

func TestAPersonsFormKeepsWhatWasFilledIn(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.post("/people", url.Values{"given_name": {""}, "email": {"nobody"}, "mobile": {"<i>"}, "birth_date": {"30/4"}}).
		want(http.StatusUnprocessableEntity).has(`value="&lt;i&gt;"`, "Give a day", `value="nobody"`).lacks("<i>")
	s.post("/people", url.Values{"given_name": {""}, "email": {"nobody"}}).want(http.StatusUnprocessableEntity).has(`id="f-email-wrong"`, `id="f-family_name-wrong"`)
}

func TestAFormThatHidesWhatIsPersonalErasesNothing(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	id := s.post("/people", url.Values{"given_name": {"Ana"}, "email": {"ana@customers.example"}, "notes": {"Secret note"}}).want(http.StatusOK).after("/people/")
	reader := access.Actor{Kind: "user", ID: "usr_reader", Workspace: s.owner.Workspace, Grants: []access.Grant{access.ViewPeople, access.EditPeople}}
	c := apitest.Serve(t, s.h.App, time.Now, reader, console.Routes)
	for _, path := range []string{"/people", "/people?q=ana", "/people/" + id, "/people/" + id + "?tab=history", "/people/" + id + "/edit"} {
		body := c.Want(http.StatusOK, http.MethodGet, path, "").Body
		for _, hidden := range []string{"ana@customers", "Secret note", "/anonymise", "/block", "/export"} {
			if strings.Contains(body, hidden) {
				t.Errorf("%s shows %s to somebody who may not see it", path, hidden)
			}
		}
	}
	c.Want(http.StatusSeeOther, http.MethodPost, "/people/"+id, "given_name=Anna&version=1", "Content-Type", "application/x-www-form-urlencoded")
	s.get("/people/"+id).want(http.StatusOK).has("Anna", "ana@customers.example", "Secret note")
}
