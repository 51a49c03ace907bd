package tracking

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/events"
	"motorpool/functions/fleet"
	"motorpool/functions/odometer"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
)

const workspace = "wsp_00000000000000000000000000"

// yard is the product with a file of its own, and a client that may do all.
type yard struct {
	*apitest.Client
	t   *testing.T
	app *app.App
	now time.Time // moved by tests; clients read it
}

func newYard(t *testing.T) *yard {
	t.Helper()
	y := &yard{t: t, now: apitest.Now}
	clock := func() time.Time { return y.now }
	y.app = app.New(app.Ports{Table: apitest.Table(t, clock), NewID: ident.Sortable(clock), Now: clock})
	y.Client = y.of(who(access.All()...))
	return y
}

func who(grants ...access.Grant) access.Actor {
	return access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: workspace, Grants: grants}
}

func (y *yard) of(actor access.Actor) *apitest.Client {
	return apitest.Serve(y.t, y.app, func() time.Time { return y.now }, actor, Routes, fleet.Routes, odometer.Routes)
}

func (y *yard) asset() string {
	y.t.Helper()
	return apitest.Asset(y.t, y.app, who(access.All()...), `{"type":"car","make":"Toyota","model":"Camry","distance_unit":"km"}`)
}

// device adds one and puts it into an asset, if one is named.
func (y *yard) device(serial, asset string) string {
	y.t.Helper()
	id := y.Want(201, "POST", "/v1/devices", `{"provider":"acme","serial":"`+serial+`"}`).JSON["id"].(string)
	if asset != "" {
		y.Want(200, "POST", "/v1/devices/"+id+"/assign", `{"asset":"`+asset+`"}`)
	}
	return id
}

func drove(serial, start, end string, metres int) string {
	return fmt.Sprintf(`{"provider":"acme","serial":%q,"start":%q,"end":%q,"metres":%d}`, serial, start, end, metres)
}

// TestATripFindsItsWayToTheOdometer goes the whole way: a device is fitted, it
// reports, and the asset's odometer shows it.
func TestATripFindsItsWayToTheOdometer(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	asset := y.asset()
	y.Want(201, "POST", "/v1/assets/"+asset+"/odometer/readings", `{"value":1000}`)
	dev := y.device("aaa1", asset)
	y.now = y.now.Add(3 * time.Hour)
	a := y.Want(200, "POST", "/v1/tracking/readings", `{"readings":[
		{"provider":"acme","serial":"AAA1","start":"2026-03-01T10:00:00Z","end":"2026-03-01T10:30:00Z","metres":20500,"from":{"latitude":"-33.86882","longitude":"151.20929"}},
		`+drove("AAA1", "2026-03-01T11:00:00Z", "2026-03-01T11:30:00Z", 130001)+`,
		`+drove("nope", "2026-03-01T11:00:00Z", "2026-03-01T11:30:00Z", 1)+`]}`)
	for i, want := range []string{`"row":0,"result":"completed"`, `"row":1,"result":"ignored"`, `"ignored_reason":"impossible"`, `"row":2,"result":"refused"`, `"code":"device.unknown"`, `"field":"serial"`} {
		if !strings.Contains(a.Body, want) {
			t.Errorf("%d: %s is not in %s", i, want, a.Body)
		}
	}
	if o := y.Want(200, "GET", "/v1/assets/"+asset+"/odometer", ""); o.JSON["metres"] != 1020500.0 || o.JSON["value"] != 1021.0 || o.JSON["kind"] != "estimated" {
		t.Errorf("got %s", o.Body)
	}
	for _, path := range []string{"/v1/assets/" + asset, "/v1/devices/" + dev} {
		j := y.Want(200, "GET", path+"/journeys", "")
		if len(j.JSON["data"].([]any)) != 2 || !strings.Contains(j.Body, `"latitude":"-33.868820"`) {
			t.Errorf("%s: got %s", path, j.Body)
		}
	}
	if d := y.Want(200, "GET", "/v1/devices/"+dev, ""); d.JSON["state"] != "active" || d.JSON["last_seen_at"] != "2026-03-01T11:30:00Z" || d.JSON["asset"] != asset {
		t.Errorf("got %s", d.Body)
	}
	told, _, err := y.app.Events.List(t.Context(), workspace, outbox.Filter{Type: "journey.*"}, "", 50, y.now)
	if err != nil || len(told) != 2 {
		t.Fatalf("told %v, %v", told, err)
	}
	for _, e := range told {
		if strings.Contains(string(e.Body), "33.86") {
			t.Errorf("an event says where: %s", e.Body)
		}
	}
	y.now = y.now.AddDate(0, 13, 1)
	if j := y.Want(200, "GET", "/v1/assets/"+asset+"/journeys", ""); len(j.JSON["data"].([]any)) != 0 {
		t.Errorf("after 13 months: %s", j.Body)
	}
	if o := y.Want(200, "GET", "/v1/assets/"+asset+"/odometer", ""); o.JSON["metres"] != 1020500.0 {
		t.Errorf("after 13 months: %s", o.Body)
	}
}

func TestADeviceLivesItsLife(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	asset := y.asset()
	dev := "/v1/devices/" + y.device("aaa1", asset)
	step := func(verb, state string) {
		t.Helper()
		if a := y.Want(200, "POST", dev+"/"+verb, ""); a.JSON["state"] != state {
			t.Errorf("%s: got %s, want %s", verb, a.Body, state)
		}
	}
	y.Want(412, "POST", dev+"/unassign", "", "If-Match", `"1"`)
	step("report-fault", "faulty")
	step("repair", "active")
	step("unassign", "unassigned")
	step("unassign", "unassigned")
	step("retire", "retired")
	y.Want(409, "POST", dev+"/assign", `{"asset":"`+asset+`"}`)
	if a := y.Want(200, "GET", dev+"/history", ""); len(a.JSON["data"].([]any)) != 6 {
		t.Errorf("got %s", a.Body)
	}
	y.device("bbb1", "")
	for query, want := range map[string]int{"": 2, "?state=retired": 1, "?q=bb": 1, "?state=active": 0, "?limit=1": 1} {
		if a := y.Want(200, "GET", "/v1/devices"+query, ""); len(a.JSON["data"].([]any)) != want {
			t.Errorf("%s: got %s, want %d", query, a.Body, want)
		}
	}
	if a := y.Want(200, "GET", "/v1/tracking/rules", ""); a.JSON["metres_per_30_minutes"] != 130000.0 {
		t.Errorf("got %s", a.Body)
	}
	y.Want(200, "PUT", "/v1/tracking/rules", `{"metres_per_30_minutes":90000}`)
	if a := y.Want(200, "GET", "/v1/tracking/rules", ""); a.JSON["metres_per_30_minutes"] != 90000.0 {
		t.Errorf("got %s", a.Body)
	}
	if a := y.Want(409, "DELETE", "/v1/assets/"+asset, ""); !strings.Contains(a.Body, "tracking devices") {
		t.Errorf("an asset that had a device: %s", a.Body)
	}
}

func TestBadRequestsAreRefused(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	dev := y.device("aaa1", "")
	many := strings.TrimSuffix(strings.Repeat(drove("AAA1", "2026-03-01T08:00:00Z", "2026-03-01T08:30:00Z", 1)+",", 501), ",")
	ok := func(with string) string {
		return `{"readings":[{"provider":"acme","serial":"AAA1","start":"2026-03-01T08:00:00Z","end":"2026-03-01T08:30:00Z",` + with + `}]}`
	}
	for _, r := range []struct {
		name, path, body string
		status           int
		code             string
	}{
		{"nothing", "/v1/tracking/readings", ``, 422, "request.body"},
		{"no JSON", "/v1/tracking/readings", `{"readings":`, 400, "request.json"},
		{"a list", "/v1/tracking/readings", `[]`, 422, "request.invalid"},
		{"no trips", "/v1/tracking/readings", `{"readings":[]}`, 422, "request.invalid"},
		{"null", "/v1/tracking/readings", `{"readings":null}`, 422, "request.invalid"},
		{"501 trips", "/v1/tracking/readings", `{"readings":[` + many + `]}`, 422, "request.invalid"},
		{"a trip that is none", "/v1/tracking/readings", `{"readings":[7]}`, 422, "request.invalid"},
		{"no metres", "/v1/tracking/readings", `{"readings":[{"provider":"acme","serial":"AAA1","start":"2026-03-01T08:00:00Z","end":"2026-03-01T08:30:00Z"}]}`, 422, "request.invalid"},
		{"half a metre", "/v1/tracking/readings", ok(`"metres":1.5`), 422, "request.invalid"},
		{"the device's odometer", "/v1/tracking/readings", ok(`"metres":1,"odometer":48210`), 422, "request.unknown_field"},
		{"half a place", "/v1/tracking/readings", ok(`"metres":1,"from":{"latitude":"1"}`), 422, "request.invalid"},
		{"a place in numbers", "/v1/tracking/readings", ok(`"metres":1,"from":{"latitude":1,"longitude":2}`), 422, "request.invalid"},
		{"a device without serial", "/v1/devices", `{"provider":"acme"}`, 422, "request.invalid"},
		{"a provider in two words", "/v1/devices", `{"provider":"acme inc","serial":"AAA2"}`, 422, "device.provider"},
		{"a serial with a hash", "/v1/devices", `{"provider":"acme","serial":"A#A"}`, 422, "device.serial"},
		{"a serial that is taken", "/v1/devices", `{"provider":"acme","serial":"aaa1"}`, 409, "device.serial_taken"},
		{"a derived field", "/v1/devices", `{"provider":"acme","serial":"AAA2","state":"active"}`, 422, "request.unknown_field"},
		{"a long label", "/v1/devices", `{"provider":"acme","serial":"AAA2","label":"` + strings.Repeat("x", 101) + `"}`, 422, "device.label"},
		{"fitted to nothing", "/v1/devices/" + dev + "/assign", `{}`, 422, "request.invalid"},
		{"fitted to no asset", "/v1/devices/" + dev + "/assign", `{"asset":"ast_1"}`, 404, "asset.not_found"},
		{"no such device", "/v1/devices/dev_1/retire", ``, 404, "device.not_found"},
		{"an ETag that is none", "/v1/devices/" + dev + "/retire", ``, 422, "request.if_match"},
	} {
		var header []string
		if r.code == "request.if_match" {
			header = []string{"If-Match", "x"}
		}
		if a := y.Do("POST", r.path, r.body, header...); a.Status != r.status || a.JSON["code"] != r.code {
			t.Errorf("%s: got %d %s, want %d %s", r.name, a.Status, a.Body, r.status, r.code)
		}
	}
	for _, metres := range []string{"9999", "1000001"} {
		if a := y.Do("PUT", "/v1/tracking/rules", `{"metres_per_30_minutes":`+metres+`}`); a.Status != 422 {
			t.Errorf("%s: got %d %s", metres, a.Status, a.Body)
		}
	}
	if a := y.Want(200, "GET", "/v1/devices", ""); len(a.JSON["data"].([]any)) != 1 || a.JSON["data"].([]any)[0].(map[string]any)["version"] != 1.0 {
		t.Errorf("something was stored: %s", a.Body)
	}
}

func TestStrangersAndOtherLocationsFindNothing(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	asset := y.asset()
	dev := "/v1/devices/" + y.device("aaa1", asset)
	stranger, bound := who(access.All()...), who(access.All()...)
	stranger.Workspace, bound.Locations = "wsp_11111111111111111111111111", []string{"loc_1"}
	for _, actor := range []access.Actor{stranger, bound} {
		c := y.of(actor)
		for _, r := range []struct{ method, path, body string }{
			{"GET", dev, ""},
			{"GET", dev + "/journeys", ""},
			{"GET", dev + "/history", ""},
			{"POST", dev + "/assign", `{"asset":"` + asset + `"}`},
			{"POST", dev + "/unassign", ""},
			{"POST", dev + "/report-fault", ""},
			{"POST", dev + "/repair", ""},
			{"POST", dev + "/retire", ""},
			{"GET", "/v1/assets/" + asset + "/journeys", ""},
		} {
			if a := c.Do(r.method, r.path, r.body); a.Status != 404 {
				t.Errorf("%s %s: got %d %s", r.method, r.path, a.Status, a.Body)
			}
		}
		if a := c.Want(200, "GET", "/v1/devices", ""); len(a.JSON["data"].([]any)) != 0 {
			t.Errorf("got %s", a.Body)
		}
	}
	if a := y.Want(200, "GET", dev, ""); a.JSON["version"] != 2.0 {
		t.Errorf("it has changed: %s", a.Body)
	}
}

func TestRoutesAskForTheirPermission(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	dev := y.device("aaa1", y.asset())
	for _, r := range Routes {
		others := slices.DeleteFunc(access.All(), func(g access.Grant) bool { return g == r.Allow })
		if a := y.of(who(others...)).Do(r.Method, strings.Replace(r.Path, "{id}", dev, 1), `{}`); a.Status != 403 || a.JSON["code"] != "access.denied" {
			t.Errorf("%s without %s: got %d %s, want 403", r.Name, r.Allow, a.Status, a.Body)
		}
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
	for _, l := range events.Catalogue() { // a tick tells of silence
		if l.Category == "tracking" && l.Type != "device.stale" && !strings.Contains(about.String(), "`"+l.Type+"`") {
			t.Errorf("no route says that it raises %s", l.Type)
		}
	}
}
