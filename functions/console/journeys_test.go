package console_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"motorpool/shared/webhook"
)

func TestSomebodyConnectsASystemInTheBrowser(t *testing.T) {
	s := open(t)
	b := s.browse()
	b.enter(s.link())

	b.open("/settings/webhooks/test-urls")
	b.press("New test URL")
	b.sees("Waiting for the first request")
	b.press("Add as endpoint")
	b.sees("Add endpoint")
	b.fill("#f-description", "Trial")
	b.press("Add endpoint")
	b.sees("The endpoint is ready")
	secret := eval[string](b, `document.querySelector(".secret code").textContent`)
	if !strings.HasPrefix(secret, "whsec_") {
		t.Errorf("the secret: got %q", secret)
	}
	b.press("Go to the endpoint")
	b.sees("Last 100 deliveries")

	b.press("Send test event")
	b.sees("Send a test event")
	b.fill("#f-type", "asset.updated")
	b.press("Send")
	b.sees("A test event was made from the example")
	b.sees("Attempt 1: 200 OK") // the page refreshes itself
	b.press("Resend")
	b.sees("Sent again by hand")
	b.sees("Attempt 2: 200 OK")

	b.open("/settings/webhooks/deliveries?type=asset.updated")
	b.sees("Succeeded")
	b.open("/settings/webhooks/test-urls")
	b.sees("3 requests") // the endpoint was told of its own birth, too
}

func TestSomebodyAddsAVehicleInTheBrowser(t *testing.T) {
	s := open(t)
	b := s.browse()
	b.expected = []string{"422"} // the form comes back with what is wrong
	b.enter(s.link())
	home := s.place("Depot")
	b.open("/categories/new")
	b.fill("#f-name", "Small SUV")
	b.press("Add category")
	b.sees("The category is ready.")

	b.open("/assets/new")
	if got := eval[string](b, `document.querySelector("#f-type").value`); got != "car" {
		t.Errorf("the form begins with the type %q, want car", got)
	}
	b.fill("#f-vin", "JM1BK323961234567")
	b.fill("#f-home_location", home)
	b.fill("#f-make", "Mazda")
	b.fill("#f-model", "CX-3")
	b.fill("#f-year", "1720")
	b.fill("#f-number", "C-007")
	b.press("Add asset")
	b.sees("Give a number from 1886")
	if got := eval[string](b, `document.querySelector("#f-make").value`); got != "Mazda" {
		t.Errorf("the form forgot what was filled in: make is %q", got)
	}
	if got := eval[string](b, `document.activeElement.id`); got != "f-year" {
		t.Errorf("after a mistake the focus is on %q, want the field that is wrong", got)
	}
	b.fill("#f-year", "2025")
	b.click(`input[name="categories"]`)
	b.press("Add asset")
	b.sees("The asset is in your fleet.")
	b.press("Switch booking on")
	b.sees("Available")
	b.press("Archive")
	b.sees("Archive Mazda CX-3 (C-007)?")
	b.do(chromedp.KeyEvent(kb.Escape))
	b.until("the dialog to close", `!document.querySelector("dialog[open]")`)
	b.press("Archive")
	b.until("the dialog to open", `!!document.querySelector("dialog[open]")`)
	b.press("Archive")
	b.sees("To bring the vehicle back, duplicate it.")
}

func TestSomebodyCreatesAndRevokesAKeyInTheBrowser(t *testing.T) {
	s := open(t)
	b := s.browse()
	b.enter(s.link())
	b.open("/settings/api-keys")
	b.press("Create key")
	b.sees("What it may do")
	b.fill("#f-name", "Website")
	b.click(`input[value="assets.view"]`)
	b.press("Create key")
	b.sees("Copy it now")
	key := eval[string](b, `document.querySelector("#key").textContent`)
	if actor, err := s.h.Keys.Authenticate(t.Context(), key, s.h.Now()); err != nil || len(actor.Grants) != 1 {
		t.Errorf("the key that was shown: got %v, %v", actor, err)
	}
	b.press("I have copied it")
	b.sees("Website")
	b.press("Revoke")
	b.sees("Revoke “Website”?")
	b.press("Revoke key")
	b.sees("The key is revoked")
	if _, err := s.h.Keys.Authenticate(t.Context(), key, s.h.Now()); err == nil {
		t.Error("a revoked key works")
	}
}

func TestTheKeyboardReachesEverything(t *testing.T) {
	s := open(t)
	b := s.browse()
	b.enter(s.link())
	_, _, _ = s.fill()
	b.open("/")
	b.do(chromedp.KeyEvent(kb.Tab))
	if got := eval[string](b, `document.activeElement.textContent`); got != "Skip to the page" {
		t.Errorf("the first stop is %q, want the skip link", got)
	}
	b.do(chromedp.KeyEvent("g"), chromedp.KeyEvent("a"))
	b.sees("Toyota Corolla")
	b.do(chromedp.KeyEvent("/"))
	if got := eval[string](b, `document.activeElement.name`); got != "q" {
		t.Errorf("/ leads to %q, want the search", got)
	}
	b.do(chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent("?"))
	b.sees("Keyboard shortcuts")
	b.do(chromedp.KeyEvent(kb.Escape))
	if b.unreached() != "" {
		t.Errorf("Tab never reaches:\n%s", b.unreached())
	}
}

// unreached walks through the page by Tab and names what can be clicked and was
// never focused.
func (b *browser) unreached() string {
	b.t.Helper()
	n := eval[int](b, `(() => { window.met = new Set(); document.addEventListener("focusin", e => met.add(e.target)); document.activeElement.blur(); return document.querySelectorAll("a, button, input, select, textarea, summary").length; })()`)
	for range n + 5 {
		b.do(chromedp.KeyEvent(kb.Tab))
	}
	return eval[string](b, `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
		.filter(e => e.checkVisibility({visibilityProperty: true}) && !met.has(e)).map(e => e.outerHTML.slice(0, 150)).join("\n")`)
}

func TestAListRefreshesItself(t *testing.T) {
	s := open(t)
	b := s.browse()
	b.enter(s.link())
	b.open("/settings/webhooks")
	b.sees("No system is listening yet")
	if _, _, err := s.h.Webhooks.Register(t.Context(), s.owner, webhook.Registration{URL: "https://crm.example.com/hook", Description: "Made elsewhere"}, s.h.Now()); err != nil {
		t.Fatal(err)
	}
	b.sees("Made elsewhere")
}

// TestSomebodySaysWhoTheyAreInTheBrowser fills in the details, is told what is
// wrong beside the field, and finds an invitation in the outbox.
func TestSomebodySaysWhoTheyAreInTheBrowser(t *testing.T) {
	s := open(t)
	b := s.browse()
	b.expected = []string{"422"}
	b.enter(s.link())
	b.sees("Say who you are")
	b.open("/settings/workspace")
	b.fill(`[name="legal_name"]`, "Harbour Pty Ltd")
	b.fill(`[name="country"]`, "Oz")
	b.fill(`[name="currency"]`, "AUD")
	b.fill(`[name="address.line_1"]`, "12 Harbour Street")
	b.fill(`[name="support.email"]`, "help@harbour.example")
	b.press("Save changes")
	b.sees("Give the two letters of a country")
	if got := eval[string](b, `document.querySelector('[name="legal_name"]').value + document.activeElement.name`); got != "Harbour Pty Ltdcountry" {
		t.Errorf("the form forgot what was typed, or the mistake is not shown: %q", got)
	}
	b.fill(`[name="country"]`, "AU")
	b.press("Save changes")
	b.sees("Saved.")
	if w, err := s.h.Workspaces.Current(t.Context(), s.owner.Workspace); err != nil || !w.Complete() || w.LegalName != "Harbour Pty Ltd" {
		t.Errorf("got %+v %v", w, err)
	}
	s.invite("tom@example.com")
	s.sent(s.owner.Workspace)
	b.open("/settings/outbox")
	b.sees("No e-mail leaves this machine.")
	b.press("Come and work in Harbour City Cars")
	b.sees("Owner invites you to work with Harbour City Cars")
	b.press("Open its link")
	b.sees("You were invited as tom@example.com")
}
