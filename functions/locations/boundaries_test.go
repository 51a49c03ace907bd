package locations

import (
	"slices"
	"strings"
	"testing"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
)

func TestVehiclesAreAssignedAndTransferred(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	a, b := y.location("Airport", ""), y.location("City", "")
	one, two := y.asset(a), y.asset("")
	out := y.Want(200, "POST", "/v1/locations/assign", `{"assets":["`+one+`","ast_x","`+two+`"],"home_location":"`+b+`","available_locations":["`+a+`","`+b+`"]}`)
	same(t, out.JSON, `{"assigned":2,"data":[{"asset":"`+one+`","ok":true},{"asset":"ast_x","ok":false,"code":"asset.not_found","detail":"There is no such asset here."},{"asset":"`+two+`","ok":true}]}`)
	same(t, y.Want(200, "GET", "/v1/assets/"+one, "").JSON, `{"home_location":"`+b+`","current_location":"`+a+`","available_locations":["`+a+`","`+b+`"],"version":2}`)
	same(t, y.Want(201, "POST", "/v1/assets/"+one+"/transfers", `{"to":"`+b+`","odometer":48211000,"reason":"Back home"}`, "If-Match", `"2"`).JSON,
		`{"current_location":"`+b+`","located_at":"2026-03-01T09:00:00Z","version":3}`)
	y.Want(412, "POST", "/v1/assets/"+one+"/transfers", `{"to":"`+a+`"}`, "If-Match", `"2"`)
	for _, path := range []string{"/v1/assets/" + one, "/v1/locations/" + a, "/v1/locations/" + b} {
		list := y.Want(200, "GET", path+"/transfers", "").JSON["data"].([]any)
		if len(list) == 0 {
			t.Fatalf("%s: nothing", path)
		}
		same(t, list[0].(map[string]any), `{"asset":"`+one+`","from":"`+a+`","to":"`+b+`","odometer":48211000,"reason":"Back home","by":{"type":"user","id":"usr_1","name":"Mia"}}`)
	}
	if got := names(y.Want(200, "GET", "/v1/assets?location="+a, "").JSON, "id"); len(got) != 2 {
		t.Errorf("the vehicles that can be picked up there: %v", got)
	}
	in := y.Do("POST", "/v1/locations/"+a+"/deactivate", "")
	if in.Status != 409 || in.JSON["code"] != "location.in_use" || !strings.Contains(in.Body, "2 vehicles") {
		t.Errorf("got %s", in.Body)
	}
}

func TestBadRequestsChangeNothing(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.location("Airport", `"code":"SYD"`)
	other := y.location("City", "")
	shut := y.location("Shut", "")
	y.Want(200, "POST", "/v1/locations/"+shut+"/deactivate", "")
	car := y.asset(id)
	before := y.stored(id, other, shut, car)
	for _, r := range []struct {
		name, method, path, body string
		status                   int
		code, field              string
	}{
		{"a list", "POST", "", `[]`, 422, "request.invalid", ""},
		{"no name", "POST", "", `{"code":"X"}`, 422, "request.invalid", ""},
		{"an empty name", "POST", "", `{"name":" "}`, 422, "location.name", "name"},
		{"a code that is taken", "POST", "", `{"name":"x","code":"syd"}`, 409, "location.code_taken", "code"},
		{"a code with a sign", "POST", "", `{"name":"x","code":"S/D"}`, 422, "location.code", "code"},
		{"an unknown field", "POST", "", `{"name":"x","colour":"red"}`, 422, "request.unknown_field", "colour"},
		{"an unknown day", "POST", "", `{"name":"x","hours":{"funday":[]}}`, 422, "request.unknown_field", "hours.funday"},
		{"an hour there is not", "POST", "", `{"name":"x","hours":{"monday":[{"opens":"08:00","closes":"25:00"}]}}`, 422, "", "hours.monday[0].closes"},
		{"an hour as a number", "POST", "", `{"name":"x","hours":{"monday":[{"opens":8,"closes":"18:00"}]}}`, 422, "request.invalid", "hours.monday[0].opens"},
		{"an opening without an end", "POST", "", `{"name":"x","hours":{"monday":[{"opens":"08:00"}]}}`, 422, "request.invalid", ""},
		{"openings that overlap", "POST", "", `{"name":"x","hours":{"monday":[{"opens":"08:00","closes":"12:00"},{"opens":"11:00","closes":"13:00"}]}}`, 422, "location.hours", "hours.monday[1].opens"},
		{"a day there is not", "POST", "", `{"name":"x","closures":[{"from":"2026-02-30"}]}`, 422, "", "closures[0].from"},
		{"a zone there is not", "POST", "", `{"name":"x","time_zone":"Sydney"}`, 422, "location.time_zone", "time_zone"},
		{"a country in words", "POST", "", `{"name":"x","address":{"country":"Australia"}}`, 422, "location.address", "address.country"},
		{"a negative fee", "POST", "", `{"name":"x","after_hours_fee":{"minor":-1,"currency":"AUD"}}`, 422, "location.after_hours_fee", "after_hours_fee"},
		{"a broken fee", "POST", "", `{"name":"x","after_hours_fee":{"minor":1.5,"currency":"AUD"}}`, 422, "request.invalid", ""},
		{"a programme there is not", "POST", "", `{"name":"x","programs":["lease"]}`, 422, "", "programs[0]"},
		{"a lead time below zero", "POST", "", `{"name":"x","pickup_rules":{"rental":{"lead_time_days":-1}}}`, 422, "location.pickup_rules", "pickup_rules.rental.lead_time_days"},
		{"a unit there is not", "POST", "", `{"name":"x","pickup_rules":{"rental":{"max_advance":{"count":1,"unit":"years"}}}}`, 422, "", "pickup_rules.rental.max_advance.unit"},
		{"rules for an unknown programme", "POST", "", `{"name":"x","pickup_rules":{"lease":{}}}`, 422, "request.unknown_field", ""},
		{"rules that nobody can keep", "POST", "", `{"name":"x","pickup_rules":{"rental":{"lead_time_days":9,"max_advance":{"count":1,"unit":"weeks"}}}}`, 422, "location.pickup_rules", "pickup_rules.rental.max_advance"},
		{"another's code", "PATCH", "/" + other, `{"code":"SYD"}`, 409, "location.code_taken", "code"},
		{"no name any more", "PATCH", "/" + id, `{"name":null}`, 422, "location.name", "name"},
		{"an asset's id", "GET", "/" + car, ``, 404, "location.not_found", ""},
		{"one there is not", "PATCH", "/" + nowhere, `{"name":"x"}`, 404, "location.not_found", ""},
		{"one there is not", "POST", "/" + nowhere + "/deactivate", ``, 404, "location.not_found", ""},
		{"an assignment of nothing", "POST", "/assign", `{"assets":["` + car + `"]}`, 422, "assignment.empty", ""},
		{"an assignment to none", "POST", "/assign", `{"assets":[],"home_location":"` + other + `"}`, 422, "", "assets"},
		{"an assignment to where none is", "POST", "/assign", `{"assets":["` + car + `"],"home_location":"` + nowhere + `"}`, 422, "asset.location", "home_location"},
		{"an assignment to what is shut", "POST", "/assign", `{"assets":["` + car + `"],"current_location":"` + shut + `"}`, 409, "location.inactive", ""},
		{"an assignment of one twice", "POST", "/assign", `{"assets":["` + car + `","` + car + `"],"home_location":"` + other + `"}`, 422, "assignment.assets", "assets"},
		{"a transfer to nowhere", "POST", "/../assets/" + car + "/transfers", `{}`, 422, "request.invalid", ""},
		{"a transfer to where it is", "POST", "/../assets/" + car + "/transfers", `{"to":"` + id + `"}`, 422, "transfer.to", "to"},
		{"a transfer tomorrow", "POST", "/../assets/" + car + "/transfers", `{"to":"` + other + `","at":"2026-03-02T09:00:00Z"}`, 422, "transfer.at", "at"},
		{"a transfer of what is not there", "POST", "/../assets/ast_x/transfers", `{"to":"` + other + `"}`, 404, "asset.not_found", ""},
	} {
		path := strings.Replace("/v1/locations"+r.path, "/locations/..", "", 1)
		a := y.Do(r.method, path, r.body)
		if a.Status != r.status || r.code != "" && a.JSON["code"] != r.code || r.field != "" && !strings.Contains(a.Body, `"field":"`+r.field+`"`) {
			t.Errorf("%s: got %d %s, want %d %s at %s", r.name, a.Status, a.Body, r.status, r.code, r.field)
		}
		if y.stored(id, other, shut, car) != before {
			t.Fatalf("%s: the store has changed", r.name)
		}
	}
}

// elsewhere asks everything that there is to ask about a location and a vehicle
// that the client must not see.
func elsewhere(t *testing.T, y *yard, them *apitest.Client, id, car string) {
	t.Helper()
	before := y.stored(id, car)
	for _, r := range []struct{ method, path, body string }{
		{"GET", "/v1/locations/" + id, ""},
		{"PATCH", "/v1/locations/" + id, `{"name":"x"}`},
		{"POST", "/v1/locations/" + id + "/activate", ""},
		{"POST", "/v1/locations/" + id + "/deactivate", ""},
		{"GET", "/v1/locations/" + id + "/pickup?program=rental&at=2026-03-03T09:00:00Z", ""},
		{"GET", "/v1/locations/" + id + "/pickup-days?program=rental", ""},
		{"GET", "/v1/locations/" + id + "/transfers", ""},
		{"GET", "/v1/assets/" + car, ""},
		{"PATCH", "/v1/assets/" + car, `{"name":"x"}`},
		{"DELETE", "/v1/assets/" + car, ""},
		{"POST", "/v1/assets/" + car + "/archive", ""},
		{"POST", "/v1/assets/" + car + "/duplicate", ""},
		{"POST", "/v1/assets/" + car + "/enable-booking", ""},
		{"POST", "/v1/assets/" + car + "/disable-booking", ""},
		{"GET", "/v1/assets/" + car + "/history", ""},
		{"GET", "/v1/assets/" + car + "/transfers", ""},
		{"POST", "/v1/assets/" + car + "/transfers", `{"to":"` + id + `"}`},
	} {
		if a := them.Do(r.method, r.path, r.body); a.Status != 404 {
			t.Errorf("%s %s: got %d %s, want 404", r.method, r.path, a.Status, a.Body)
		}
	}
	for _, path := range []string{"/v1/locations", "/v1/locations?q=a", "/v1/assets", "/v1/assets?sort=number", "/v1/assets?location=" + id} {
		if a := them.Want(200, "GET", path, ""); strings.Contains(a.Body, car) || strings.Contains(a.Body, `"id":"`+id) {
			t.Errorf("%s: got %s", path, a.Body)
		}
	}
	them.Want(422, "POST", "/v1/assets", `{"type":"car","make":"A","model":"B","home_location":"`+id+`"}`)
	them.Want(422, "POST", "/v1/locations/assign", `{"assets":["`+car+`"],"home_location":"`+id+`"}`)
	if y.stored(id, car) != before {
		t.Error("something of it has changed")
	}
}

func TestAnotherWorkspaceSeesNothing(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.location("Airport", "")
	car := y.asset(id)
	elsewhere(t, y, y.of(access.Actor{Kind: "user", ID: "usr_2", Workspace: "wsp_11111111111111111111111111", Grants: access.All()}), id, car)
}

func TestWhoWorksElsewhereSeesNothing(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id, mine := y.location("Airport", ""), y.location("City", "")
	car, own := y.asset(id), y.asset(mine)
	them := y.of(access.Actor{Kind: "user", ID: "usr_2", Workspace: workspace, Locations: []string{mine}, Grants: access.All()})
	elsewhere(t, y, them, id, car)
	if got := names(them.Want(200, "GET", "/v1/assets", "").JSON, "id"); !slices.Equal(got, []string{own}) {
		t.Errorf("got %v, want their own", got)
	}
	if a := them.Do("POST", "/v1/locations", `{"name":"New"}`); a.Status != 403 || a.JSON["code"] != "location.bound" {
		t.Errorf("got %s", a.Body)
	}
	out := them.Want(200, "POST", "/v1/locations/assign", `{"assets":["`+car+`","`+own+`"],"available_locations":["`+mine+`"]}`)
	same(t, out.JSON, `{"assigned":1}`)
}

func TestRoutesAskForTheirPermission(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.location("Airport", "")
	for _, r := range Routes {
		others := slices.DeleteFunc(access.All(), func(g access.Grant) bool { return g == r.Allow })
		path := strings.Replace(r.Path, "{id}", id, 1)
		if a := y.as(others...).Do(r.Method, path, `{}`); a.Status != 403 || a.JSON["code"] != "access.denied" {
			t.Errorf("%s without %s: got %d %s, want 403", r.Name, r.Allow, a.Status, a.Body)
		}
	}
}
