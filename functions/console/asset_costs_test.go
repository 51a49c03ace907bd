package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestWhatAnAssetCostsIsOnItsPage(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	made := s.add(url.Values{"type": {"car"}, "make": {"Kia"}, "model": {"EV6"}, "distance_unit": {"km"}}).want(http.StatusOK)
	path := "/assets/" + made.after("/assets/") + "/costs"
	s.get(strings.TrimSuffix(path, "/costs")).has(path)
	s.get(path).want(http.StatusOK).has("Nothing spent yet").lacks("ZgotmplZ", " style=")
	s.post(path, url.Values{"item": {"tyres"}, "date": {"2026-02-20"}, "amount": {"AUD 440.00"}, "tax_rate": {"10"}, "vendor": {"<i>North"}}).
		want(http.StatusOK).has("The expense is recorded.", "AUD 440.00", "tax AUD 40.00", "&lt;i&gt;North")
	s.post(path, url.Values{"item": {"tyres"}, "date": {"soon"}, "amount": {"lots"}, "vendor": {"Kept"}}).
		want(http.StatusUnprocessableEntity).has("Give a day", "Give a currency and an amount", `value="Kept"`)
	s.post(path, url.Values{"item": {"gold"}, "date": {"2026-02-20"}, "amount": {"AUD 1.00"}}).want(http.StatusUnprocessableEntity).has("no expense item")
	_, after, _ := strings.Cut(s.get(path).body, `action="`+path+"/exp_")
	id, _, _ := strings.Cut(after, "/void")
	s.post(path+"/exp_"+id+"/void", url.Values{"reason": {"Entered twice"}}).want(http.StatusOK).has("The expense counts no longer.", "Voided: Entered twice")
	s.get("/assets/ast_none/costs").want(http.StatusNotFound)
}
