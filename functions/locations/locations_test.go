package locations

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	fleetroutes "motorpool/functions/fleet"
	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/audit"
	"motorpool/shared/fleet"
	"motorpool/shared/ident"
	"motorpool/shared/location"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

const (
	workspace = "wsp_00000000000000000000000000"
	nowhere   = "loc_00000000000000000000000009"
)

// yard is the product with a file of its own, and a client that may do all.
type yard struct {
	*apitest.Client
	t     *testing.T
	table table.Table
	app   *app.App
}

func newYard(t *testing.T) *yard {
	t.Helper()
	now := func() time.Time { return apitest.Now }
	tab := embedtest.Open(t, now)
	ids := ident.Sortable(now)
	told, noted := &outbox.Service{Table: tab, NewID: ids}, &audit.Service{Table: tab, NewID: ids}
	assets := &fleet.Service{Table: tab, NewID: ids, Events: told, Audit: noted}
	places := &location.Service{
		Table: tab, NewID: ids, Events: told, Audit: noted, Uses: []location.Uses{assets},
		Zone:     func(context.Context, string) (string, error) { return "Australia/Sydney", nil },
		Currency: func(context.Context, string) (string, error) { return "AUD", nil },
	}
	assets.Locations = places
	y := &yard{t: t, table: tab, app: &app.App{Events: told, Audit: noted, Fleet: assets, Locations: places}}
	y.Client = y.as(access.All()...)
	return y
}

func (y *yard) as(grants ...access.Grant) *apitest.Client {
	return y.of(access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: workspace, Grants: grants})
}

func (y *yard) of(actor access.Actor) *apitest.Client {
	return apitest.Serve(y.t, y.app, func() time.Time { return apitest.Now }, actor, slices.Concat(Routes, fleetroutes.Routes))
}

func (y *yard) location(name, say string) string {
	y.t.Helper()
	return y.Want(201, "POST", "/v1/locations", fmt.Sprintf(`{"name":%q%s}`, name, strings.TrimSuffix(","+say, ","))).JSON["id"].(string)
}

func (y *yard) asset(home string) string {
	y.t.Helper()
	return apitest.Asset(y.t, y.app, access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: workspace}, `{"type":"car","make":"Toyota","model":"Camry","home_location":"`+home+`"}`)
}

// stored is everything that requests about these things can touch.
func (y *yard) stored(ids ...string) string {
	y.t.Helper()
	var all []string
	read := func(pk string, index bool) {
		page, err := y.table.Query(context.Background(), table.Query{PK: "WS#" + workspace + pk, Index: index, Limit: table.MaxPage})
		if err != nil {
			y.t.Fatal(err)
		}
		for _, it := range page.Items {
			all = append(all, fmt.Sprint(it.Key, it.Version, string(it.Doc)))
		}
	}
	for _, pk := range []string{"#EVT", "#AUDIT", "#LOC", "#AST#open", "#AST#closed"} {
		read(pk, true)
	}
	for _, id := range ids {
		for _, noun := range []string{"#AST#", "#LOC#", "#TRF#"} {
			read(noun+id, false)
		}
	}
	return strings.Join(all, "\n")
}

// same compares an answer with the fields that are expected of it.
func same(t *testing.T, got map[string]any, want string) {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal([]byte(want), &fields); err != nil {
		t.Fatalf("%s: %v", want, err)
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		g, _ := json.Marshal(got[name])
		if w, _ := json.Marshal(fields[name]); string(g) != string(w) {
			t.Errorf("%s: got %s, want %s", name, g, w)
		}
	}
}

// names are the values of a field in a list.
func names(list map[string]any, field string) (all []string) {
	for _, v := range list["data"].([]any) {
		all = append(all, fmt.Sprint(v.(map[string]any)[field]))
	}
	return all
}

func TestALocationIsKept(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	a := y.Want(201, "POST", "/v1/locations", `{"name":" Airport ","code":"syd","address":{"line_1":"12 Ross Smith Avenue","city":"Mascot","country":"au"},
		"hours":{"monday":[{"opens":"08:00","closes":"18:00"}],"friday":[{"opens":"20:00","closes":"02:00"}]},
		"closures":[{"from":"2026-12-25","to":"2026-12-26","yearly":true,"label":"Christmas"}],"after_hours_fee":{"minor":4500,"currency":"AUD"},
		"geo":{"latitude":"-33.9461","longitude":"151.1772"},"programs":["subscription"],
		"pickup_rules":{"subscription":{"lead_time_days":3,"cut_off":"15:00","min_notice":{"count":24,"unit":"hours"},"max_advance":{"count":4,"unit":"weeks"}}}}`)
	same(t, a.JSON, `{"name":"Airport","code":"SYD","time_zone":"Australia/Sydney","active":true,"version":1,"pickup_allowed":true,"dropoff_allowed":true,
		"address":{"line_1":"12 Ross Smith Avenue","city":"Mascot","country":"AU"},"geo":{"latitude":"-33.9461","longitude":"151.1772"},
		"hours":{"monday":[{"opens":"08:00","closes":"18:00"}],"friday":[{"opens":"20:00","closes":"02:00"}]},
		"closures":[{"from":"2026-12-25","to":"2026-12-26","yearly":true,"label":"Christmas"}],"after_hours_fee":{"minor":4500,"currency":"AUD"},
		"pickup_rules":{"subscription":{"lead_time_days":3,"cut_off":"15:00","min_notice":{"count":24,"unit":"hours"},"max_advance":{"count":4,"unit":"weeks"}}},
		"letterhead":{"name":"Airport","address":["12 Ross Smith Avenue","Mascot","AU"]},"programs":["subscription"]}`)
	path := "/v1/locations/" + a.JSON["id"].(string)
	b := y.Want(200, "PATCH", path, `{"hours":{"friday":null,"saturday":[{"opens":"00:00","closes":"24:00"}]},"pickup_rules":{"subscription":{"cut_off":null}},
		"closures":null,"programs":null,"pickup_allowed":false,"legal_name":"Harbour Cars Pty Ltd","invoice_footnote":"ABN 1"}`, "If-Match", `"1"`)
	same(t, b.JSON, `{"hours":{"monday":[{"opens":"08:00","closes":"18:00"}],"saturday":[{"opens":"00:00","closes":"24:00"}]},"closures":null,"programs":null,
		"pickup_rules":{"subscription":{"lead_time_days":3,"min_notice":{"count":24,"unit":"hours"},"max_advance":{"count":4,"unit":"weeks"}}},"pickup_allowed":false,
		"letterhead":{"name":"Harbour Cars Pty Ltd","address":["12 Ross Smith Avenue","Mascot","AU"],"footnote":"ABN 1"},"version":2}`)
	same(t, y.Want(200, "PATCH", path, `{"pickup_allowed":null,"time_zone":"Europe/Berlin"}`).JSON, `{"pickup_allowed":true,"time_zone":"Europe/Berlin","version":3}`)
	same(t, y.Want(200, "PATCH", path, `{"time_zone":null}`).JSON, `{"time_zone":"Australia/Sydney","version":4}`)
	if got := y.Want(200, "GET", path, "").Header.Get("ETag"); got != `"4"` {
		t.Errorf("ETag: got %s", got)
	}
	y.Want(412, "PATCH", path, `{"name":"x"}`, "If-Match", `"3"`)
	y.Want(412, "POST", path+"/deactivate", ``, "If-Match", `"3"`)
	same(t, y.Want(200, "POST", path+"/deactivate", ``, "If-Match", `"4"`).JSON, `{"active":false,"inactive_since":"2026-03-01T09:00:00Z","version":5}`)
	same(t, y.Want(200, "POST", path+"/activate", ``).JSON, `{"active":true,"inactive_since":null,"version":6}`)
}

func TestLocationsAreListedByName(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	y.location("harbour", `"programs":["rental"]`)
	y.location("City", `"code":"HQ"`)
	shut := y.location("Airport", `"programs":["subscription"]`)
	y.Want(200, "POST", "/v1/locations/"+shut+"/deactivate", "")
	for query, want := range map[string]string{
		"": "Airport City harbour", "active=true": "City harbour", "active=false": "Airport", "program=rental": "City harbour",
		"q=h": "City harbour", "q=HAR": "harbour", "q=x": "", "limit=1": "Airport",
	} {
		if got := strings.Join(names(y.Want(200, "GET", "/v1/locations?"+query, "").JSON, "name"), " "); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
	for _, bad := range []string{"limit=0", "active=maybe", "program=lease", "cursor=x", "q=" + strings.Repeat("x", 101)} {
		y.Want(422, "GET", "/v1/locations?"+bad, "")
	}
}

func TestPickupsAreExplained(t *testing.T) {
	t.Parallel()
	y := newYard(t) // it is Sunday 1 March 2026, 20:00 in Sydney
	id := y.location("Airport", `"hours":{"monday":[{"opens":"09:00","closes":"17:00"}],"tuesday":[{"opens":"09:00","closes":"17:00"}],"wednesday":[{"opens":"09:00","closes":"17:00"}]},
		"closures":[{"from":"2026-03-10","label":"Stocktaking"}],"programs":["subscription"],"pickup_rules":{"subscription":{"lead_time_days":1,"max_advance":{"count":2,"unit":"weeks"}}}`)
	path := "/v1/locations/" + id
	days := y.Want(200, "GET", path+"/pickup-days?program=subscription&from=2026-03-01&to=2026-03-16", "").JSON
	want := "false false true true false false false false true false true false false false false false"
	if got := strings.Join(names(days, "possible"), " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for day, why := range map[int]string{0: "Closed on Sundays.", 1: "The first day is Tuesday 3 March 2026.", 4: "Closed on Thursdays.", 9: "Closed: Stocktaking.", 15: "at most 2 weeks"} {
		if got := days["data"].([]any)[day].(map[string]any)["reason"].(string); !strings.Contains(got, why) {
			t.Errorf("day %d: got %s, want %s", day+1, got, why)
		}
	}
	same(t, days["data"].([]any)[2].(map[string]any), `{"date":"2026-03-03","from":"2026-03-03T09:00:00+11:00","to":"2026-03-03T17:00:00+11:00"}`)
	same(t, y.Want(200, "GET", path+"/pickup?program=subscription&at=2026-03-03T09:00:00%2B11:00", "").JSON, `{"possible":true,"reason":null}`)
	same(t, y.Want(200, "GET", path+"/pickup?program=subscription&at=2026-03-02T09:00:00%2B11:00", "").JSON, `{"possible":false,"code":"lead_time"}`)
	same(t, y.Want(200, "GET", path+"/pickup?program=subscription&at=2026-03-02T09:00:00%2B11:00&ignore_lead_time=true", "").JSON, `{"possible":true}`)
	same(t, y.Want(200, "GET", path+"/pickup?program=subscription&at=2026-03-03T09:00:00%2B11:00&free=2026-03-03T12:00:00%2B11:00", "").JSON, `{"possible":false,"code":"notice"}`)
	same(t, y.Want(200, "GET", path+"/pickup?program=rental&at=2026-03-03T09:00:00%2B11:00", "").JSON, `{"possible":false,"code":"program","reason":"There are no rentals at this location."}`)
	for _, bad := range []string{"", "program=lease", "program=rental&from=2026-02-30", "program=rental&from=2026-03-02&to=2026-03-01", "program=rental&from=2026-01-01&to=2027-03-01"} {
		y.Want(422, "GET", path+"/pickup-days?"+bad, "")
	}
	for _, bad := range []string{"", "program=rental", "program=rental&at=tomorrow"} {
		y.Want(422, "GET", path+"/pickup?"+bad, "")
	}
}
