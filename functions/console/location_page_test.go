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

func TestALocationIsKeptWithoutAScript(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	form := url.Values{
		"name": {"Airport"}, "code": {"syd"}, "time_zone": {"Australia/Sydney"}, "hours.monday": {"8-12, 13:00–18:00"}, "hours.thursday": {"20:00-02:00"}, "hours.saturday": {"24 h"},
		"closures": {"2026-12-25 to 2026-12-26 yearly Christmas\r\n2027-03-09 Stocktaking"}, "after_hours_fee": {"AUD 45.00"},
		"pickup_rules.rental.lead_time_days": {"3"}, "pickup_rules.rental.cut_off": {"15:00"}, "pickup_rules.rental.max_advance": {"4 weeks"},
		"address.line_1": {"12 Ross Smith Avenue"}, "address.city": {"Mascot"}, "legal_name": {"Harbour Cars Pty Ltd"}, "invoice_footnote": {"ABN 1"},
		"pickup_allowed": {"on"}, "dropoff_allowed": {"on"}, "rental": {"on"}, "subscription": {"on"},
	}
	s.get("/locations").want(http.StatusOK).has("No locations yet", "Add location")
	s.post("/locations", form).want(http.StatusOK)
	list := s.get("/locations").want(http.StatusOK).has("Airport", "SYD Mascot")
	_, rest, _ := strings.Cut(list.body, `href="/locations/loc_`)
	id, _, _ := strings.Cut(rest, `"`)
	path := "/locations/loc_" + id
	s.get(path).want(http.StatusOK).has(`value="08:00-12:00, 13:00-18:00"`, `value="20:00-02:00"`, `value="24 h"`, "2026-12-25 to 2026-12-26 yearly Christmas",
		"What an invoice prints", "<strong>Harbour Cars Pty Ltd</strong><br>12 Ross Smith Avenue<br>Mascot", "ABN 1", "Closed on Sundays.").lacks("style=", "ZgotmplZ")
	form.Set("version", "1")
	form.Set("hours.monday", "8 to 12")
	form.Set("closures", "Christmas")
	form.Set("address.country", "Australia")
	s.post(path, form).want(http.StatusUnprocessableEntity).has("Write it as 08:00-12:00", "is not such a line")
	form.Set("hours.monday", "08:00-12:00, 11:00-13:00")
	form.Set("closures", "")
	s.post(path, form).want(http.StatusUnprocessableEntity).has("This overlaps with the opening from 08:00.", "Give the two letters of a country")
	form.Set("hours.monday", "")
	form.Set("address.country", "AU")
	s.post(path, form).want(http.StatusOK)
	s.post(path, form).want(http.StatusConflict)
	s.post(path+"/active", url.Values{}).want(http.StatusOK)
	s.get(path).want(http.StatusOK).has("Activate", "This location is not active.")
	s.post(path+"/active", url.Values{"on": {"true"}}).want(http.StatusOK)
	s.get(path).want(http.StatusOK).has("Deactivate")
}

// TestALocationIsReadByWhoMayLook: facts, and nothing that changes them.
func TestALocationIsReadByWhoMayLook(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.post("/locations", url.Values{"name": {"Airport"}, "time_zone": {"Australia/Sydney"}, "hours.monday": {"08:00-12:00"}, "legal_name": {"Harbour Cars Pty Ltd"}, "pickup_allowed": {"on"}, "rental": {"on"}, "subscription": {"on"}, "dropoff_allowed": {"on"}}).want(http.StatusOK)
	_, rest, _ := strings.Cut(s.get("/locations").body, `href="/locations/loc_`)
	id, _, _ := strings.Cut(rest, `"`)
	reader := s.owner
	reader.Grants = []access.Grant{access.ViewLocations}
	c := apitest.Serve(t, s.h.App, time.Now, reader, console.Routes)
	body := c.Want(http.StatusOK, http.MethodGet, "/locations/loc_"+id, "").Body
	for _, want := range []string{"<h1>Airport", "<dt>Monday</dt><dd>08:00-12:00</dd>", "<dt>Legal name</dt><dd>Harbour Cars Pty Ltd</dd>", "<dt>Vehicles are picked up here</dt><dd>Yes</dd>", "Pickups in the next two weeks"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
	for _, not := range []string{"Save changes", "Deactivate", `name="hours.monday"`} {
		if strings.Contains(body, not) {
			t.Errorf("%q is in the page of who may only look", not)
		}
	}
	c.Want(http.StatusForbidden, http.MethodPost, "/locations/loc_"+id, "")
}

func TestTickedAssetsAreAssigned(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	assets, _, _ := s.fill()
	s.get("/assets").want(http.StatusOK).lacks("Those ticked")
	for _, name := range []string{"Airport", "City"} {
		s.post("/locations", url.Values{"name": {name}, "time_zone": {"UTC"}, "pickup_allowed": {"on"}, "rental": {"on"}}).want(http.StatusOK)
	}
	list := s.get("/assets").want(http.StatusOK).has("Those ticked", `name="assets" value="`+assets[0].ID+`"`)
	_, rest, _ := strings.Cut(list.body, `<option value="loc_`)
	id, _, _ := strings.Cut(rest, `"`)
	id = "loc_" + id
	s.post("/assets/assign", url.Values{"assets": {assets[0].ID, assets[1].ID}, "what": {"home"}, "location": {id}}).want(http.StatusOK).
		has("The assets are assigned.", assets[0].ID, assets[1].ID).lacks(assets[2].ID)
	s.get("/assets?location="+id).want(http.StatusOK).has(assets[0].ID, `<td data-label="Location">Airport</td>`).lacks(assets[2].ID)
	s.post("/assets/assign", url.Values{"what": {"home"}, "location": {id}}).want(http.StatusUnprocessableEntity).has("Name 1 to 100 assets")
	s.post("/assets/assign", url.Values{"assets": {assets[2].ID}, "what": {"home"}}).want(http.StatusUnprocessableEntity).has("Choose a location.")
	s.post("/locations/"+id+"/active", url.Values{}).want(http.StatusConflict).has("2 vehicles")
	page := s.get("/assets/"+assets[0].ID).want(http.StatusOK).has("<dt>Is at</dt><dd>Airport</dd>", "Transfer")
	_, rest, _ = strings.Cut(page.body, `<option value="loc_`)
	city, _, _ := strings.Cut(rest, `"`)
	s.post("/assets/"+assets[0].ID+"/transfer", url.Values{"to": {"loc_" + city}, "odometer": {"48211"}, "reason": {"Long weekend"}}).want(http.StatusOK).
		has("<dt>Is at</dt><dd>City</dd>", "City at 48211 km Long weekend", "It is there now.")
	s.post("/assets/"+assets[0].ID+"/transfer", url.Values{"to": {"loc_" + city}}).want(http.StatusUnprocessableEntity).has("The asset is there already.")
	s.post("/assets/"+assets[0].ID+"/transfer", url.Values{"to": {id}, "odometer": {"many"}}).want(http.StatusUnprocessableEntity).has("whole number")
}
