package console_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"motorpool/functions/console"
	"motorpool/shared/access"
	"motorpool/shared/apitest"
)

// parts posts a form with one file, as a browser does.
func (s *site) parts(path string, form url.Values, side, content string) view {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, all := range form {
		for _, value := range all {
			_ = w.WriteField(name, value)
		}
	}
	if side != "" {
		f, _ := w.CreateFormFile(side, "card.jpg")
		_, _ = io.WriteString(f, content)
	}
	w.Close()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.h.URL+path, &b)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Origin", s.h.URL)
	return s.send(r)
}

func TestACompanyIsAddedJoinedToPeopleAndMerged(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.get("/companies").want(http.StatusOK).has("No companies yet")
	id := s.post("/companies", url.Values{
		"trading_name": {"Blue Gum Logistics"}, "legal_name": {"Blue Gum Pty Ltd"}, "tax_number.kind": {"abn"}, "tax_number.number": {"51 824 753 556"},
		"billing_emails": {"pay@gum.example, boss@gum.example"}, "payment_terms_days": {"14"}, "credit_limit": {"AUD 5000.00"}, "po_required": {"true"},
		"registered_address.line_1": {"12 Harbour St"}, "tags": {"weekly"}, "notes": {"<b>Hm</b>"},
	}).want(http.StatusOK).has("The company is here.", "ABN 51824753556", "14 days", "Needed on every bill", "12 Harbour St", "&lt;b&gt;Hm").lacks("<b>Hm").after("/companies/")
	path := "/companies/" + id
	for q, has := range map[string]string{"q=gum": path, "q=51824": path, "q=zz": "No company matches", "sort=newest": path, "tag=weekly": path, "status=archived": "No company matches"} {
		s.get("/companies?" + q).want(http.StatusOK).has(has)
	}
	s.post("/companies", url.Values{"trading_name": {""}, "billing_emails": {"nobody"}}).want(http.StatusUnprocessableEntity).has(`id="f-trading_name-wrong"`, `value="nobody"`)
	s.get(path + "/edit").want(http.StatusOK).has(`value="AUD 5000.00"`)
	s.post(path, url.Values{"trading_name": {"X"}, "billing_emails": {"a@b.example"}, "version": {"7"}}).want(http.StatusConflict)

	ana := s.post("/people", url.Values{"given_name": {"Ana"}, "email": {"ana@gum.example"}}).want(http.StatusOK).after("/people/")
	s.get(path+"?tab=contacts&find=an").want(http.StatusOK).has("Add a contact", "/people/"+ana)
	s.post(path+"/contacts", url.Values{"person": {ana}, "roles": {"billing"}}).want(http.StatusOK).has("Saved.", "Ana", "Remove")
	s.get("/people/"+ana+"?tab=companies").want(http.StatusOK).has("Blue Gum Logistics", path)
	s.post(path, url.Values{"trading_name": {"Blue Gum Logistics"}, "billing_emails": {"pay@gum.example"}, "default_bill_to": {ana}, "version": {"2"}}).want(http.StatusOK).has("Ana")
	s.post(path+"/contacts/"+ana+"/drop", nil).want(http.StatusConflict).has("default bill-to")

	twin := s.post("/companies", url.Values{"trading_name": {"Blue Gum Logistics"}, "billing_emails": {"pay@gum.example"}}).want(http.StatusOK).after("/companies/")
	s.get(path+"?tab=duplicates").want(http.StatusOK).has("/companies/"+twin, "name, email", `value="`+id+`"`)
	s.post("/companies/"+twin+"/merge", url.Values{"into": {id}}).want(http.StatusOK).has("They are one company now.")
	s.get("/companies/" + twin).want(http.StatusOK).has("Another company has taken its place")
	s.get(path+"?tab=history").want(http.StatusOK).has("Company updated", "Company created")
	s.post(path+"/archive", nil).want(http.StatusOK).has("The company is archived.")
	s.post(path+"/restore", nil).want(http.StatusOK).has("Restored.")

	if all := s.copyOf(ana); !strings.Contains(all, `"companies"`) || !strings.Contains(all, "Blue Gum Logistics") || !strings.Contains(all, `"gets_its_bills"`) {
		t.Errorf("the export: %s", all)
	}
	s.post("/people/"+ana+"/delete", nil).want(http.StatusConflict).has("companies for which they speak")
	s.post("/people/"+ana+"/anonymise", nil).want(http.StatusOK)
	s.get(path + "?tab=contacts").want(http.StatusOK).has("No contacts").lacks(ana)
}

func TestADocumentIsAddedVerifiedAndAskedFor(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	assets, _, _ := s.fill()
	ana := s.post("/people", url.Values{"given_name": {"Ana"}, "email": {"ana@gum.example"}}).want(http.StatusOK).after("/people/")
	s.get("/documents").want(http.StatusOK).has("Nothing to verify")
	s.get("/people/"+ana+"?tab=documents").want(http.StatusOK).has("No documents", "/documents/new?owner="+ana)
	s.get("/documents/new?owner="+ana).want(http.StatusOK).has("Licence", `type="file"`, "multipart/form-data").lacks("Registration")
	form := url.Values{"owner": {ana}, "type": {"licence"}, "number": {"20931187"}, "expires": {"soon"}, "issuing_country": {"<i>"}}
	s.parts("/documents", form, "front", scan(t)).want(http.StatusUnprocessableEntity).has("Give a day", "&lt;i&gt;")
	sydney, err := time.LoadLocation("Australia/Sydney")
	if err != nil {
		t.Fatal(err)
	}
	form.Set("expires", s.h.Now().In(sydney).AddDate(0, 0, 12).Format("2006-01-02"))
	form.Set("issuing_country", "au")
	s.parts("/documents", form, "front", "MZ").want(http.StatusUnprocessableEntity).has("This was not saved.")
	made := s.parts("/documents", form, "front", scan(t)).want(http.StatusOK).has("waits to be verified", "20931187", "/files/att_", "Verify")
	path := "/documents/" + made.after("/documents/")
	s.get("/documents").want(http.StatusOK).has(path, "/people/"+ana)
	s.get("/people?q=2093").want(http.StatusOK).has("/people/" + ana)
	s.post(path+"/reject", url.Values{"reason": {""}}).want(http.StatusUnprocessableEntity)
	s.post(path+"/reject", url.Values{"reason": {"Too dark."}}).want(http.StatusOK).has("Too dark.")
	s.parts(path+"/submit", url.Values{"number": {"20931187"}, "expires": {form.Get("expires")}}, "", "").want(http.StatusOK).has("Before:", "Rejected")
	s.post(path+"/verify", nil).want(http.StatusOK).has("Verified.")
	s.get("/documents?show=expiring").want(http.StatusOK).has(path, "in 12 days")
	s.get("/documents?expiring=5").want(http.StatusOK).lacks(path)
	s.get(path + "?tab=history").want(http.StatusOK).has("Document verified").lacks("20931187")
	s.post(path+"/ask", url.Values{"message": {"The new one."}, "sides": {"front", "back"}}).want(http.StatusOK).has("/upload/", "only time")

	car := assets[0].ID
	s.get("/assets/"+car+"?tab=documents").want(http.StatusOK).has("No documents", "/documents/new?owner="+car)
	reg := s.parts("/documents", url.Values{"owner": {car}, "type": {"registration"}, "number": {"CAM014"}, "expires": {"2090-01-01"}}, "", "").want(http.StatusOK).after("/documents/")
	s.get("/assets/"+car+"?tab=documents").want(http.StatusOK).has(reg, "CAM014")
	s.post("/documents/request", url.Values{"owner": {car}, "type": {"insurance"}, "sides": {"front"}}).want(http.StatusOK).has("/upload/")
	s.get("/documents?show=requested").want(http.StatusOK).has("Insurance")

	s.post("/settings/documents", url.Values{"on": {"licence"}, "to": {"licence customer"}, "rules.licence.days_before": {"14, x"}}).want(http.StatusUnprocessableEntity).has("14, x")
	s.post("/settings/documents", url.Values{"on": {"licence"}, "to": {"licence customer"}, "rules.licence.days_before": {"14, 3"}}).want(http.StatusOK).has(`value="14, 3"`, "Saved.")
	s.get("/settings/documents/sent").want(http.StatusOK).has("Nothing was told yet")

	reader := access.Actor{Kind: "user", ID: "usr_reader", Workspace: s.owner.Workspace, Grants: []access.Grant{access.ViewPeople}}
	c := apitest.Serve(t, s.h.App, time.Now, reader, console.Routes)
	for _, p := range []string{path, "/documents?show=verified", "/people/" + ana + "?tab=documents"} {
		if body := c.Want(http.StatusOK, http.MethodGet, p, "").Body; strings.Contains(body, "20931187") || strings.Contains(body, "/verify") || strings.Contains(body, reg) {
			t.Errorf("%s shows too much to a reader", p)
		}
	}
	c.Want(http.StatusNotFound, http.MethodGet, "/documents/"+reg, "")
	c.Want(http.StatusForbidden, http.MethodPost, path+"/verify", "", "Content-Type", "application/x-www-form-urlencoded")
	s.post("/people/"+ana+"/anonymise", nil).want(http.StatusOK)
	s.get(path).want(http.StatusNotFound)
}

func TestAContactIsEditedAndDuplicatesAreListed(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	ana := s.post("/people", url.Values{"given_name": {"Ana"}, "mobile": {"+61412345678"}, "birth_date": {"1991-04-30"}}).want(http.StatusOK).after("/people/")
	s.post("/people/"+ana+"/contacts", url.Values{"type": {"emergency"}, "name": {"Luis"}}).want(http.StatusOK)
	p, err := s.h.People.Person(t.Context(), s.owner.Workspace, ana)
	if err != nil {
		t.Fatal(err)
	}
	path := "/people/" + ana + "/contacts/" + p.Contacts[0].ID
	s.get(path + "/edit").want(http.StatusOK).has(`value="Luis"`)
	s.post(path, url.Values{"type": {"emergency"}, "name": {""}}).want(http.StatusUnprocessableEntity)
	s.post(path, url.Values{"type": {"emergency"}, "name": {"Luisa"}, "phone": {"+61412345679"}}).want(http.StatusOK).has("Luisa", "61412345679")
	s.get("/people/duplicates").want(http.StatusOK).has("No duplicates")
	s.post("/people", url.Values{"given_name": {"ana"}, "mobile": {"+61412345678"}, "birth_date": {"1991-04-30"}}).want(http.StatusOK)
	s.get("/people/duplicates").want(http.StatusOK).has("/people/"+ana, "mobile, name and birth date")
}

// TestDocumentsAreFoundByWhoseTheyAre: a person's, a company's and a vehicle's.
func TestDocumentsAreFoundByWhoseTheyAre(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	assets, _, _ := s.fill()
	car := assets[0].ID
	ana := s.post("/people", url.Values{"given_name": {"Ana"}, "family_name": {"Gum"}}).want(http.StatusOK).after("/people/")
	gum := s.post("/companies", url.Values{"trading_name": {"Gum Logistics"}, "billing_emails": {"pay@gum.example"}}).want(http.StatusOK).after("/companies/")
	paths := map[string]string{}
	for owner, typ := range map[string]string{ana: "licence", gum: "other", car: "registration"} {
		form := url.Values{"owner": {owner}, "type": {typ}, "number": {"N-1"}, "expires": {"2090-01-01"}}
		paths[owner] = "/documents/" + s.parts("/documents", form, "front", scan(t)).want(http.StatusOK).after("/documents/")
	}
	only := func(address, owner string) {
		t.Helper()
		p := s.get(address).want(http.StatusOK).has(paths[owner], "Documents of ", "Show everybody&#39;s")
		for other, path := range paths {
			if other != owner {
				p.lacks(path)
			}
		}
	}
	only("/documents?whose=ana", ana)
	only("/documents?whose=gum+log", gum)
	only("/documents?owner="+car, car)
	only("/documents?show=all&whose="+gum, gum)
	s.get("/documents?whose=gum").want(http.StatusOK).has("More than one is called that", "owner="+ana, "owner="+gum).lacks(paths[ana]).lacks(paths[gum])
	s.get("/documents?whose=zzz").want(http.StatusOK).has("Nobody is called that").lacks(paths[ana])
	s.get("/documents?show=expiring&owner=" + gum).want(http.StatusOK).has("No document matches").lacks(paths[gum])
	s.get("/documents?show=verified&owner=" + gum).want(http.StatusOK).lacks(paths[gum])
	s.get("/documents?show=all").want(http.StatusOK).has(paths[ana]).has(paths[gum]).has(paths[car])
}
