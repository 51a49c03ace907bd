package odometer

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/events"
	"motorpool/functions/fleet"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

const workspace = "wsp_00000000000000000000000000"

// yard is the product with a file of its own, and a client that may do all.
type yard struct {
	*apitest.Client
	t     *testing.T
	app   *app.App
	table table.Table
}

func newYard(t *testing.T) *yard {
	t.Helper()
	now := func() time.Time { return apitest.Now }
	tab := apitest.Table(t, now)
	y := &yard{t: t, table: tab, app: app.New(app.Ports{Table: tab, NewID: ident.Sortable(now), Now: now})}
	y.Client = y.of(who(access.All()...))
	return y
}

func who(grants ...access.Grant) access.Actor {
	return access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: workspace, Grants: grants}
}

func (y *yard) of(actor access.Actor) *apitest.Client {
	return apitest.Serve(y.t, y.app, func() time.Time { return apitest.Now }, actor, Routes, fleet.Routes)
}

// asset adds one that counts km or mi, and returns the path of its odometer.
func (y *yard) asset(unit string) string {
	y.t.Helper()
	id := apitest.Asset(y.t, y.app, who(access.All()...), `{"type":"car","make":"Toyota","model":"Camry","distance_unit":"`+unit+`"}`)
	return "/v1/assets/" + id + "/odometer"
}

func (y *yard) stored(path string) string {
	y.t.Helper()
	id := strings.Split(path, "/")[3]
	page, err := y.table.Query(y.t.Context(), table.Query{PK: "WS#" + workspace + "#ODO#" + id, Limit: table.MaxPage})
	if err != nil {
		y.t.Fatal(err)
	}
	return fmt.Sprint(page.Items)
}

func TestAnOdometerIsReadAndCorrected(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	path := y.asset("mi")
	y.Want(404, "GET", path, "")
	first := y.Want(201, "POST", path+"/readings", `{"value":1000,"read_at":"2026-02-01T10:00:00+10:00","note":"Handover"}`)
	if first.JSON["metres"] != 1609344.0 || first.JSON["read_at"] != "2026-02-01T00:00:00Z" || first.Header.Get("ETag") != `"1"` || first.JSON["user"] != "usr_1" {
		t.Errorf("got %s", first.Body)
	}
	second := y.Want(201, "POST", path+"/readings", `{"value":1200}`)
	if a := y.Want(200, "GET", path, ""); a.JSON["value"] != 1200.0 || a.JSON["kind"] != "actual" || a.JSON["last_reading"] != second.JSON["id"] || a.JSON["unit"] != "mi" {
		t.Errorf("got %s", a.Body)
	}
	if a := y.Want(200, "GET", path+"?at=2026-02-20T00:00:00Z", ""); a.JSON["value"] != 1000.0 {
		t.Errorf("got %s", a.Body)
	}
	id := second.JSON["id"].(string)
	y.Want(412, "POST", path+"/readings/"+id+"/supersede", `{"value":1150,"note":"misread"}`, "If-Match", `"2"`)
	by := y.Want(201, "POST", path+"/readings/"+id+"/supersede", `{"value":1150,"note":"misread"}`, "If-Match", `"1"`)
	if a := y.Want(200, "GET", path+"/readings?state=superseded", ""); !strings.Contains(a.Body, by.JSON["id"].(string)) || !strings.Contains(a.Body, `"version":2`) {
		t.Errorf("got %s", a.Body)
	}
	y.Want(204, "DELETE", path+"/readings/"+by.JSON["id"].(string), "")
	if a := y.Want(200, "GET", path+"/readings", ""); len(a.JSON["data"].([]any)) != 1 {
		t.Errorf("got %s", a.Body)
	}
	swap := y.Want(201, "POST", path+"/readings", `{"value":3,"cluster_replaced":true,"note":"new cluster"}`)
	if swap.JSON["total_metres"] != 1609344.0 || swap.JSON["metres"] != 4828.0 {
		t.Errorf("got %s", swap.Body)
	}
	if a := y.Want(200, "GET", path+"/use?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z", ""); a.JSON["metres"] != 0.0 || len(a.JSON["devices"].([]any)) != 0 {
		t.Errorf("got %s", a.Body)
	}
	asset := strings.TrimSuffix(path, "/odometer")
	if a := y.Want(409, "DELETE", asset, ""); !strings.Contains(a.Body, "odometer readings") {
		t.Errorf("an asset that was read: %s", a.Body)
	}
	y.Want(200, "POST", asset+"/archive", "")
	y.Want(409, "POST", path+"/readings", `{"value":4}`)
}

func TestBadReadingsAreRefused(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	path := y.asset("km")
	id := y.Want(201, "POST", path+"/readings", `{"value":1000,"read_at":"2026-02-01T00:00:00Z"}`).JSON["id"].(string)
	before := y.stored(path)
	for _, r := range []struct {
		name, method, path, body string
		status                   int
		code                     string
	}{
		{"nothing", "POST", "", ``, 422, "request.body"},
		{"no JSON", "POST", "", `{"value":`, 400, "request.json"},
		{"a list", "POST", "", `[]`, 422, "request.invalid"},
		{"no value", "POST", "", `{}`, 422, "request.invalid"},
		{"a value as text", "POST", "", `{"value":"1200"}`, 422, "request.invalid"},
		{"half a kilometre", "POST", "", `{"value":1200.5}`, 422, "request.invalid"},
		{"a negative value", "POST", "", `{"value":-1}`, 422, "odometer.value"},
		{"eight digits", "POST", "", `{"value":10000000}`, 422, "odometer.value"},
		{"a number beyond 64 bits", "POST", "", `{"value":99999999999999999999}`, 422, "request.invalid"},
		{"an unknown field", "POST", "", `{"value":1200,"metres":5}`, 422, "request.unknown_field"},
		{"a time without zone", "POST", "", `{"value":1200,"read_at":"2026-02-01T00:00:00"}`, 422, "request.invalid"},
		{"a day there is not", "POST", "", `{"value":1200,"read_at":"2026-02-30T00:00:00Z"}`, 422, "request.invalid"},
		{"tomorrow", "POST", "", `{"value":1200,"read_at":"2026-03-02T09:00:00Z"}`, 422, "odometer.future"},
		{"before cars", "POST", "", `{"value":1200,"read_at":"1800-03-02T09:00:00Z"}`, 422, "odometer.read_at"},
		{"the device's own value", "POST", "", `{"value":1200,"source":"telematics"}`, 422, "request.invalid"},
		{"a long note", "POST", "", `{"value":1200,"note":"` + strings.Repeat("x", 501) + `"}`, 422, "odometer.note"},
		{"a long booking", "POST", "", `{"value":1200,"booking":"` + strings.Repeat("x", 101) + `"}`, 422, "request.invalid"},
		{"lower than before", "POST", "", `{"value":999}`, 409, "odometer.lower"},
		{"higher than after", "POST", "", `{"value":1001,"read_at":"2026-01-31T00:00:00Z"}`, 409, "odometer.higher"},
		{"the same second", "POST", "", `{"value":1000,"read_at":"2026-02-01T00:00:00Z"}`, 409, "odometer.same_instant"},
		{"a jump", "POST", "", `{"value":99000}`, 409, "odometer.jump"},
		{"replaced without a reason", "POST", "", `{"value":1,"cluster_replaced":true}`, 422, "odometer.note"},
		{"superseded without a reason", "POST", "/" + id + "/supersede", `{"value":1,"note":" "}`, 422, "odometer.note"},
		{"superseded by nothing", "POST", "/" + id + "/supersede", `{"note":"x"}`, 422, "request.invalid"},
		{"no such reading", "DELETE", "/odo_00000000000000000000000000", ``, 404, "odometer.reading_not_found"},
		{"a reading with a hash", "DELETE", "/x%23y", ``, 404, "odometer.reading_not_found"},
		{"an ETag of somebody else's", "DELETE", "/" + id, ``, 412, "odometer.stale"},
		{"an unknown state", "GET", "?state=all", ``, 422, "request.invalid"},
		{"a cursor of nothing", "GET", "?cursor=x", ``, 422, "cursor.invalid"},
	} {
		var header []string
		if r.code == "odometer.stale" {
			header = []string{"If-Match", `"7"`}
		}
		a := y.Do(r.method, path+"/readings"+r.path, r.body, header...)
		if a.Status != r.status || a.JSON["code"] != r.code {
			t.Errorf("%s: got %d %s, want %d %s", r.name, a.Status, a.Body, r.status, r.code)
		}
		if y.stored(path) != before {
			t.Fatalf("%s: the store has changed", r.name)
		}
	}
	y.Want(422, "GET", path+"/use?from=2026-01-01T00:00:00Z&to=2025-01-01T00:00:00Z", "")
	y.Want(422, "GET", path+"/use?from=2026-01-01T00:00:00Z", "")
	y.Want(422, "GET", path+"?at=yesterday", "")
}

func TestStrangersAndOtherLocationsFindNothing(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	path := y.asset("km")
	id := y.Want(201, "POST", path+"/readings", `{"value":1000}`).JSON["id"].(string)
	before := y.stored(path)
	stranger, bound := who(access.All()...), who(access.All()...)
	stranger.Workspace, bound.Locations = "wsp_11111111111111111111111111", []string{"loc_1"}
	for _, actor := range []access.Actor{stranger, bound} {
		c := y.of(actor)
		for _, r := range []struct{ method, path, body string }{
			{"GET", path, ""},
			{"GET", path + "?at=2026-03-01T09:00:00Z", ""},
			{"GET", path + "/readings", ""},
			{"POST", path + "/readings", `{"value":2000}`},
			{"DELETE", path + "/readings/" + id, ""},
			{"POST", path + "/readings/" + id + "/supersede", `{"value":1,"note":"x"}`},
			{"GET", path + "/use?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z", ""},
		} {
			if a := c.Do(r.method, r.path, r.body); a.Status != 404 || a.JSON["code"] != "asset.not_found" {
				t.Errorf("%s %s: got %d %s", r.method, r.path, a.Status, a.Body)
			}
		}
	}
	if y.stored(path) != before {
		t.Error("something of ours has changed")
	}
}

func TestRoutesAskForTheirPermission(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	path := strings.NewReplacer("{id}", strings.Split(y.asset("km"), "/")[3], "{reading}", "odo_1")
	for _, r := range Routes {
		others := slices.DeleteFunc(access.All(), func(g access.Grant) bool { return g == r.Allow || slices.Contains(r.Or, g) })
		if a := y.of(who(others...)).Do(r.Method, path.Replace(r.Path), `{}`); a.Status != 403 || a.JSON["code"] != "access.denied" {
			t.Errorf("%s without %s: got %d %s, want 403", r.Name, r.Allow, a.Status, a.Body)
		}
	}
	for _, g := range []access.Grant{access.EditAssets, access.ManageCare, access.DoInspections} {
		if a := y.of(who(g)).Do("POST", "/v1/assets/"+strings.Split(y.asset("km"), "/")[3]+"/odometer/readings", `{"value":7}`); a.Status != 201 {
			t.Errorf("who may %s records: got %d %s", g, a.Status, a.Body)
		}
	}
	clerk := y.of(who(access.EditAssets))
	if a := clerk.Do("POST", path.Replace("/v1/assets/{id}/odometer/readings"), `{"value":1,"cluster_replaced":true,"note":"x"}`); a.Status != 403 || a.JSON["code"] != "odometer.replaced_denied" {
		t.Errorf("a clerk replaces a cluster: got %d %s", a.Status, a.Body)
	}
}

func TestRoutesAreSortedAndSayWhatTheyRaise(t *testing.T) {
	t.Parallel()
	if !slices.IsSortedFunc(Routes, func(a, b api.Route) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("the routes are not sorted by name")
	}
	var about strings.Builder
	for _, r := range Routes {
		about.WriteString(r.About)
	}
	for _, l := range events.Catalogue() {
		if l.Category == "odometer" && !strings.Contains(about.String(), "`"+l.Type+"`") {
			t.Errorf("no route says that it raises %s", l.Type)
		}
	}
}
