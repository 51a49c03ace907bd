package console_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"motorpool/shared/webhook"
)

// axe is the accessibility checker's source, or the test is skipped aloud.
func axe(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("MOTORPOOL_NODE_MODULES")
	if dir == "" {
		dir = filepath.Join("..", "..", ".ci", "node_modules")
	}
	src, err := os.ReadFile(filepath.Join(dir, "axe-core", "axe.min.js"))
	if err != nil {
		missing(t, "axe-core: run npm ci in .ci, or name a node_modules in MOTORPOOL_NODE_MODULES")
	}
	return string(src)
}

// everyPage is every page there is, with a name for its picture.
func (s *site) everyPage() []struct{ name, path string } {
	s.t.Helper()
	assets, endpoints, test := s.fill()
	asset, e := "/assets/"+assets[0].ID, "/settings/webhooks/endpoints/"+endpoints[0].ID
	failing := "/settings/webhooks/endpoints/" + endpoints[1].ID
	var delivery, retrying string
	until(s.t, "deliveries", func() bool {
		list, _, err := s.h.Webhooks.Deliveries(s.t.Context(), s.owner.Workspace, webhook.Query{}, webhook.Page{Limit: 100}, s.h.Now())
		if err != nil {
			s.t.Fatal(err)
		}
		for _, d := range list {
			switch d.Status {
			case webhook.Succeeded:
				delivery = d.ID
			case webhook.Retrying:
				retrying = d.ID
			}
		}
		return delivery != "" && retrying != ""
	})
	s.invite("tom@example.com")
	k := s.insuredFor(s.caredFor(assets[1]))
	letter := s.sent(s.owner.Workspace)
	return []struct{ name, path string }{
		{"delivery", "/settings/webhooks/deliveries/" + delivery},
		{"delivery-retrying", "/settings/webhooks/deliveries/" + retrying},
		{"home", "/"},
		{"assets", "/assets"},
		{"assets-none", "/assets?q=ZZZ"},
		{"asset", asset},
		{"asset-history", asset + "?tab=history"},
		{"asset-edit", asset + "/edit"},
		{"asset-new", "/assets/new"},
		{"categories", "/categories"},
		{"category", "/categories/" + assets[0].Categories[0]},
		{"category-new", "/categories/new"},
		{"webhooks", "/settings/webhooks"},
		{"endpoint", e},
		{"endpoint-failing", failing},
		{"endpoint-edit", failing + "/edit"},
		{"endpoint-new", "/settings/webhooks/new"},
		{"recover", e + "/recover?since=2026-01-01T00:00:00Z"},
		{"replay", e + "/replay?since=2026-01-01T00:00"},
		{"deliveries", "/settings/webhooks/deliveries"},
		{"test-urls", "/settings/webhooks/test-urls"},
		{"test-url", "/settings/webhooks/test-urls/" + test.ID},
		{"keys", "/settings/api-keys"},
		{"key-new", "/settings/api-keys/new"},
		{"workspace", "/settings/workspace"},
		{"person-exports-none", s.emptyExports()},
		{"workspaces", "/workspaces"},
		{"features", "/settings/features"},
		{"outbox", "/settings/outbox"},
		{"outbox-letter", "/settings/outbox/" + letter.ID},
		{"audit", "/settings/audit"},
		{"events", "/docs/events"},
		{"event", "/docs/events/asset.updated"},
		{"lost", "/assets/ast_0"},
		{"sign-in", "/sign-in"},
		{"expenses", "/expenses"},
		{"expenses-none", "/expenses?vendor=nobody"},
		{"expense", "/expenses/" + k.expense},
		{"expense-edit", "/expenses/" + k.expense + "/edit"},
		{"expense-of-issue", "/assets/" + k.car.ID + "/costs?issue=" + k.issue},
		{"insurance", "/insurance"},
		{"insurance-none", "/insurance?q=nobody"},
		{"policy", "/insurance/" + k.policy},
		{"policy-history", "/insurance/" + k.policy + "?tab=history"},
		{"policy-edit", "/insurance/" + k.policy + "/edit"},
		{"policy-new", "/insurance/new"},
		{"claims", "/insurance-claims"},
		{"claim", "/insurance-claims/" + k.claim},
		{"claim-edit", "/insurance-claims/" + k.claim + "/edit"},
		{"claim-new", "/insurance-claims/new?asset=" + k.car.ID},
		{"issue-costs", "/issues/" + k.issue},
		{"window-costs", "/maintenance/" + k.window},
		{"reminder-costs", "/reminders/" + k.reminder},
	}
}

type violation struct {
	ID, Impact, Help string
	Nodes            []struct{ HTML, FailureSummary string }
}

func TestEveryPageIsAccessibleAndFitsAPhone(t *testing.T) {
	s := open(t)
	src := axe(t)
	b := s.browse()
	b.expected = []string{"404"}
	b.enter(s.link())
	pages := s.everyPage()
	for _, theme := range []string{"light", "dark"} {
		b.theme(theme) // pages that are opened from now on have it
		for _, p := range pages {
			b.desk()
			b.open(p.path)
			b.accessible(src, p.path+" ("+theme+")")
			b.shoot(p.name + "-" + theme)
			if theme == "light" {
				b.phone()
				b.fits(p.path)
				b.accessible(src, p.path+" (phone)")
				b.shoot(p.name + "-phone")
			}
		}
	}
}

func (b *browser) accessible(src, name string) {
	b.t.Helper()
	eval[bool](b, src+`; for (const a of document.getAnimations()) if (a.effect.getComputedTiming().endTime !== Infinity) a.finish(); true`) // what rises is not pale
	raw, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations))`, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: axe: %v", name, err)
	}
	var found []violation
	if err := json.Unmarshal([]byte(raw), &found); err != nil {
		b.t.Fatal(err)
	}
	for _, v := range found {
		for _, n := range v.Nodes {
			b.t.Errorf("%s: %s (%s): %s\n\t%.300s\n\t%s", name, v.ID, v.Impact, v.Help, n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", " "))
		}
	}
}

// fits reports what makes a page wider than the window.
func (b *browser) fits(name string) {
	b.t.Helper()
	wide := eval[string](b, `(() => {
		const w = innerWidth;
		if (document.documentElement.scrollWidth <= w) return "";
		return [...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > w + 1).slice(0, 5).map(e => e.outerHTML.slice(0, 120)).join("\n");
	})()`)
	if wide != "" {
		b.t.Errorf("%s: wider than a phone:\n%s", name, wide)
	}
}

func TestWhatOnlyAPressShowsIsAccessibleToo(t *testing.T) {
	s := open(t)
	src := axe(t)
	b := s.browse()
	b.expected = []string{"422", "409"}
	b.enter(s.link())
	_, endpoints, _ := s.fill()
	home := s.place("North")
	e := "/settings/webhooks/endpoints/" + endpoints[0].ID
	looks := func(name, text string) {
		t.Helper()
		b.sees(text)
		b.accessible(src, name)
		b.shoot(name)
	}
	b.open(e)
	b.press("Rotate secret")
	looks("dialog", "How long the old secret signs along")
	b.press("Rotate")
	looks("secret", "The one before signs along until")
	b.open(e)
	b.press("Check the receiver")
	looks("check", "This is how it did.")
	b.open("/assets/new")
	b.fill("#f-make", "Kia")
	b.fill("#f-model", " ")
	b.fill("#f-vin", "SER-1")
	b.fill("#f-year", "2025")
	b.fill("#f-home_location", home)
	b.press("Add asset")
	looks("form-wrong", "it cannot be empty")
	b.open("/settings/api-keys/new")
	b.fill("#f-name", "Website")
	b.click(`input[value="assets.view"]`)
	b.press("Create key")
	looks("key-created", "Copy it now")
	b.open("/settings/api-keys")
	looks("keys-one", "Website")
	b.open("/")
	b.do(chromedp.KeyEvent("?"))
	looks("shortcuts", "Go to Webhook logs")
	b.phone()
	b.open("/assets")
	b.press("Menu")
	b.until("the menu", `document.querySelector("#nav").getBoundingClientRect().left >= 0`)
	looks("menu-phone", "Event catalogue")
}
