package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"motorpool/shared/workspace"
)

func TestAnAssetIsAddedEditedAndRetired(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	made := s.add(url.Values{"type": {"car"}, "make": {"Kia"}, "model": {"EV6"}, "number": {"E-1"}, "rrp": {"AUD 72,590"}, "distance_unit": {"km"}}).want(http.StatusOK)
	made.has("The asset is in your fleet.", "Kia EV6 (E-1)", "AUD 72,590.00", "Booking off")
	path := "/assets/" + made.after("/assets/")

	s.get(path + "/edit").want(http.StatusOK).has(`name="version" value="1"`)
	s.post(path, url.Values{"type": {"car"}, "make": {"Kia"}, "model": {"EV6"}, "colour": {"Yacht Blue"}, "distance_unit": {"km"}, "version": {"1"}}).want(http.StatusOK).has("Saved.", "Yacht Blue").lacks("E-1)")
	s.post(path+"/booking", url.Values{"on": {"true"}}).want(http.StatusConflict).has("Put the asset into a category", `href="`+path+`"`)
	s.post(path, url.Values{"type": {"car"}, "make": {"Lost"}, "model": {"EV6"}, "distance_unit": {"km"}, "version": {"1"}}).want(http.StatusConflict).has("Reload and look again", path+"/edit")
	s.get(path+"?tab=history").want(http.StatusOK).has("Added to the fleet", "Details changed", "Yacht Blue", "by Owner")

	s.post(path+"/odometer", url.Values{"value": {"41268"}}).want(http.StatusOK)
	s.get(path).has(`action="`+path+`/duplicate"`, "Begins with the last reading", "For another vehicle of the same kind.")
	copied := s.post(path+"/duplicate", url.Values{"odometer": {"true"}, "photos": {"true"}}).want(http.StatusOK)
	copied.has("This is the copy.")
	s.get("/assets/" + copied.after("/assets/") + "/odometer").want(http.StatusOK).has("41,268")
	s.post(path+"/archive", nil).want(http.StatusOK).has("Archived", "duplicate it").lacks(path + "/edit")
	s.get("/assets").lacks(path + `"`).has(copied.after("/assets/"))
	s.get("/assets?status=archived").has(path)
	s.post("/assets/"+copied.after("/assets/")+"/delete", nil).want(http.StatusConflict).has("odometer readings")
	bare := s.post(path+"/duplicate", url.Values{"odometer": {"false"}, "photos": {"false"}}).want(http.StatusOK).after("/assets/")
	s.post("/assets/"+bare+"/delete", nil).want(http.StatusOK).has("The asset is deleted.")
}

func TestAFormKeepsWhatWasFilledInAndSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.post("/assets", url.Values{"type": {"car"}, "make": {"<b>Kia"}, "model": {""}, "year": {"soon"}, "rrp": {"lots"}, "registration.expires": {"31/12"}}).
		want(http.StatusUnprocessableEntity).has(`value="&lt;b&gt;Kia"`, "Give a whole number.", "AUD 45990.00.", "Give a day", `value="soon"`).lacks("<b>Kia")
	s.post("/assets", url.Values{"type": {"car"}, "make": {"Kia"}, "model": {""}}).want(http.StatusUnprocessableEntity).has("Say at which location it belongs.", `id="f-home_location-wrong"`, `id="f-model-wrong"`, `aria-describedby="f-model-wrong"`)
	s.get("/assets").has("Your fleet begins here")
}

func TestWhatIsNotTheirsIsNotThere(t *testing.T) {
	t.Parallel()
	s := open(t)
	assets, endpoints, test := s.fill()
	other, err := s.h.Workspaces.Create(t.Context(), workspace.Draft{Name: "Somebody else", Mode: workspace.Test}, s.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	s.owner.Workspace = other.ID
	s.signIn()
	for _, path := range []string{
		"/assets/" + assets[0].ID, "/assets/" + assets[0].ID + "/edit", "/assets/" + assets[0].ID + "?tab=history", "/categories/" + assets[0].Categories[0],
		"/settings/webhooks/endpoints/" + endpoints[0].ID, "/settings/webhooks/endpoints/" + endpoints[0].ID + "/edit",
		"/settings/webhooks/endpoints/" + endpoints[0].ID + "/recover?since=2026-01-01T00:00:00Z", "/settings/webhooks/test-urls/" + test.ID, "/nowhere",
	} {
		s.get(path).want(http.StatusNotFound).lacks("Toyota", "CRM sync")
	}
	for _, path := range []string{"/assets/" + assets[0].ID + "/archive", "/settings/webhooks/endpoints/" + endpoints[0].ID + "/secret", "/settings/webhooks/endpoints/" + endpoints[0].ID + "/delete"} {
		s.post(path, nil).want(http.StatusNotFound).lacks("whsec_")
	}
}

// TestTheFormShowsEverythingThatTheAPITakes: so that saving a form loses nothing.
func TestTheFormShowsEverythingThatTheAPITakes(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	base := url.Values{"type": {"car"}, "make": {"Kia"}, "model": {"EV6"}, "distance_unit": {"km"}}
	more := url.Values{
		"holding_cost": {"AUD 610"}, "acquisition.date": {"2025-01-02"}, "disposal.date": {"2026-02-03"}, "disposal.price": {"AUD 23,100"}, "disposal.cost": {"AUD 450"},
		"warranty_expires": {"2028-03-31"},
		"custom_fields":    {"service_plan: gold: 12 months\r\n\r\nplaced: here\r\n  and there\r\nfuel_card:"},
	}
	for name, values := range more {
		base[name] = values
	}
	made := s.add(base).want(http.StatusOK)
	made.has("AUD 610.00", "2026-02-03", "AUD 23,100.00", "AUD 450.00", "2028-03-31", "service_plan", "gold: 12 months").lacks("fuel_card")
	form := s.get("/assets/" + made.after("/assets/") + "/edit").want(http.StatusOK)
	form.has(`value="AUD 610.00"`, `value="2026-02-03"`, `value="AUD 23100.00"`, `value="AUD 450.00"`, `value="2028-03-31"`, "placed: here\n  and there\nservice_plan: gold: 12 months</textarea>")

	for lines, said := range map[string]string{
		"no colon": "with a colon", ": no name": "with a colon", "a: 1\na: 2": "is there twice", "Service Plan: gold": "lower-case letters", "a: " + strings.Repeat("x", 501): "at most 500 characters",
	} {
		base["custom_fields"] = []string{lines}
		s.post("/assets", base).want(http.StatusUnprocessableEntity).has(said, `id="f-custom_fields-wrong"`)
	}
}

// TestWhatIsReadyForBookingIsSaid while nothing lacks, until it is switched.
func TestWhatIsReadyForBookingIsSaid(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	path := "/assets/" + s.add(url.Values{"type": {"car"}, "make": {"Kia"}, "model": {"EV6"}, "distance_unit": {"km"}}).want(http.StatusOK).after("/assets/")
	s.get(path).want(http.StatusOK).has("Ready for booking")
	other := "/assets/" + s.add(url.Values{"vin": {"SER-2"}, "type": {"car"}, "make": {"Kia"}, "model": {"EV6"}, "distance_unit": {"km"}}).want(http.StatusOK).after("/assets/")
	s.post(other, url.Values{"type": {"car"}, "make": {"Kia"}, "model": {"EV6"}, "distance_unit": {"km"}, "version": {"1"}}).want(http.StatusOK)
	s.get(other).want(http.StatusOK).has("In none.").lacks("Ready for booking")
	for _, on := range []string{"true", "false"} {
		s.post(path+"/booking", url.Values{"on": {on}}).want(http.StatusOK).lacks("Ready for booking")
	}
}
