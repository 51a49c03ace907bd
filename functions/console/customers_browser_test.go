package console_test

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestSomebodyKeepsACompanyAndItsDocumentsInTheBrowser adds a company, joins it
// to a person, adds a document with a photo and verifies it; then every page of
// that is looked at, by day and night and on a phone.
func TestSomebodyKeepsACompanyAndItsDocumentsInTheBrowser(t *testing.T) {
	s := open(t)
	src := axe(t)
	b := s.browse()
	b.expected = []string{"422"}
	b.enter(s.link())
	s.signIn()
	ana := s.post("/people", url.Values{"given_name": {"Ana"}, "family_name": {"Núñez"}, "email": {"ana@gum.example"}}).after("/people/")
	s.post("/people/"+ana+"/contacts", url.Values{"type": {"emergency"}, "name": {"Luis"}})
	p, err := s.h.People.Person(t.Context(), s.owner.Workspace, ana)
	if err != nil {
		t.Fatal(err)
	}

	b.open("/companies")
	b.sees("No companies yet")
	b.press("Add company")
	b.fill("#f-trading_name", "Blue Gum Logistics")
	b.fill("#f-billing_emails", "nobody")
	b.press("Add company")
	b.sees("Give one e-mail address")
	b.accessible(src, "company form with a mistake")
	b.fill("#f-billing_emails", "pay@gum.example")
	b.press("Add company")
	b.sees("The company is here.")
	company := eval[string](b, `location.pathname`)
	b.press("Contacts")
	b.fill("#f-find", "nun")
	b.press("Search")
	b.sees("Ana Núñez")
	b.click(`input[value="billing"]`)
	b.press("Add Ana Núñez")
	b.sees("Remove")

	photo := filepath.Join(t.TempDir(), "licence.jpg")
	if err := os.WriteFile(photo, []byte(scan(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	b.open("/people/" + ana + "?tab=documents")
	b.press("Add document")
	b.fill("#f-number", "20931187")
	eval[bool](b, `document.querySelector("#f-expires").value = "`+s.h.Now().AddDate(0, 0, 12).Format("2006-01-02")+`", true`)
	b.do(chromedp.SetUploadFiles("#f-front", []string{photo}))
	b.press("Add document")
	b.sees("waits to be verified")
	document := eval[string](b, `location.pathname`)
	b.press("Reject")
	b.sees("Reject this document?")
	b.accessible(src, "dialog to reject")
	b.open(document)
	b.press("Verify")
	b.sees("Verified.")
	b.press("Ask again")
	b.press("Make the link")
	b.sees("This is the only time the link is shown")
	b.accessible(src, "upload link")
	upload := eval[string](b, `new URL(document.querySelector("#upload-link").textContent).pathname`)

	for _, theme := range []string{"light", "dark"} {
		b.theme(theme)
		for _, path := range []string{
			"/companies", "/companies/new", company, company + "?tab=contacts&find=a", company + "?tab=documents", company + "?tab=duplicates", company + "?tab=history", company + "/edit",
			"/people/" + ana + "?tab=companies", "/people/" + ana + "?tab=documents", "/people/" + ana + "?tab=contacts", "/people/" + ana + "/contacts/" + p.Contacts[0].ID + "/edit", "/people/duplicates",
			"/documents", "/documents?show=expiring", "/documents/new?owner=" + ana, "/documents/request?owner=" + ana, document, document + "/submit", document + "?tab=history",
			"/settings/documents", "/settings/documents/sent", upload,
		} {
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
}
