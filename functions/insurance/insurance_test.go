package insurance

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/functions/fleet"
	"motorpool/functions/locations"
	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/ident"
	"motorpool/shared/queue"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// yard is the product with a file of its own, and a client that may do all. Its
// workspace is in Sydney.
type yard struct {
	*apitest.Client
	t     *testing.T
	table table.Table
	app   *app.App
	space string
	zone  *time.Location
}

func newYard(t *testing.T) *yard {
	t.Helper()
	now := func() time.Time { return apitest.Now }
	tab := apitest.Table(t, now)
	y := &yard{t: t, table: tab, app: app.New(app.Ports{Table: tab, NewID: ident.Sortable(now), Now: now})}
	w, err := y.app.Workspaces.Create(t.Context(), workspace.Draft{Name: "Harbour Cars", Mode: workspace.Live, TimeZone: "Australia/Sydney"}, apitest.Now)
	if err != nil {
		t.Fatal(err)
	}
	y.space, y.zone = w.ID, w.Location()
	y.Client = y.of(y.who())
	return y
}

func (y *yard) who(locations ...string) access.Actor {
	return access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: y.space, Grants: access.All(), Locations: locations}
}

func (y *yard) of(actor access.Actor) *apitest.Client {
	return apitest.Serve(y.t, y.app, func() time.Time { return apitest.Now }, actor, Routes, fleet.Routes, locations.Routes)
}

func (y *yard) asset(say string) string {
	y.t.Helper()
	return apitest.Asset(y.t, y.app, y.who(), `{"type":"car","make":"Toyota","model":"Camry"`+say+`}`)
}

// inDays is a day in the workspace.
func (y *yard) inDays(n int) string {
	return apitest.Now.In(y.zone).AddDate(0, 0, n).Format(time.DateOnly)
}

// policy adds one from a day to a day; covers is what it covers, as JSON.
func (y *yard) policy(from, to int, covers string) string {
	y.t.Helper()
	return y.Want(201, "POST", "/v1/insurance-policies", fmt.Sprintf(`{"insurer":"Harbour Mutual","number":"HM-1","kind":"comprehensive","start":%q,"end":%q,"excess":{"minor":80000,"currency":"AUD"},"notes":"secret note",%s}`,
		y.inDays(from), y.inDays(to), covers)).JSON["id"].(string)
}

// raised are the types of the events in a partition, in their order.
func (y *yard) raised(pk string) (types []string) {
	y.t.Helper()
	page, err := y.table.Query(context.Background(), table.Query{PK: "WS#" + y.space + pk, Prefix: "EVENT#", Limit: table.MaxPage})
	if err != nil {
		y.t.Fatal(err)
	}
	for _, it := range page.Items {
		for _, hidden := range []string{"secret note", "Jane Roe", "ran a red light"} {
			if strings.Contains(string(it.Doc), hidden) {
				y.t.Errorf("%q is in %s", hidden, it.Doc)
			}
		}
		_, typ, _ := strings.Cut(string(it.Doc), `"type":"insurance_`)
		typ, _, _ = strings.Cut(typ, `"`)
		types = append(types, typ)
	}
	return types
}

func TestAPolicyIsAddedRenewedAndCancelled(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	one, two := y.asset(""), y.asset("")
	id := y.policy(-10, 100, `"assets":["`+one+`"]`)
	path := "/v1/insurance-policies/" + id
	if a := y.Want(200, "GET", path, ""); a.JSON["state"] != "active" || a.JSON["notes"] != "secret note" {
		t.Errorf("got %s", a.Body)
	}
	y.Want(200, "PATCH", path, `{"assets":["`+two+`"],"end":"`+y.inDays(200)+`"}`)
	if a := y.Want(200, "PATCH", path, `{}`); a.JSON["version"] != 2.0 {
		t.Errorf("saying the same again made %s", a.Body)
	}
	y.Want(204, "DELETE", "/v1/assets/"+one, "") // it is insured no longer
	if a := y.Want(409, "DELETE", "/v1/assets/"+two, ""); !strings.Contains(a.Body, "insurance") {
		t.Errorf("got %s", a.Body)
	}
	y.Want(422, "POST", path+"/cancel", `{"on":"`+y.inDays(200)+`"}`)
	if a := y.Want(200, "POST", path+"/cancel", `{"on":"`+y.inDays(-1)+`"}`); a.JSON["state"] != "cancelled" || a.JSON["cancelled_on"] != y.inDays(-1) {
		t.Errorf("got %s", a.Body)
	}
	y.Want(409, "PATCH", path, `{"number":"2"}`)
	y.Want(409, "POST", path+"/cancel", `{"on":"`+y.inDays(1)+`"}`)
	if got, want := y.raised("#POL#"+id), []string{"policy.created", "policy.updated", "policy.cancelled"}; !slices.Equal(got, want) {
		t.Errorf("raised %v, want %v", got, want)
	}
}

func TestBadPoliciesAreRefused(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	asset := y.asset("")
	for _, tt := range []struct{ say, field string }{
		{`"insurer":""`, "insurer"},
		{`"number":""`, "number"},
		{`"kind":"magic"`, "kind"},
		{`"assets":[]`, "assets"},
		{`"whole_fleet":true`, "assets"},
		{`"assets":["ast_01k9x3v7q2m8r4t6w0y5z1a3b5"]`, "assets"},
		{`"assets":["` + asset + `","` + asset + `"]`, "assets[1]"},
		{`"end":"2026-01-01"`, "end"},
		{`"premium":{"minor":1,"currency":"AUD"}`, "frequency"},
		{`"excess":{"minor":-1,"currency":"AUD"}`, "excess"},
		{`"documents":["att_01k9x3v7q2m8r4t6w0y5z1a3b5"]`, "documents"},
	} {
		fields := map[string]string{"insurer": `"H"`, "number": `"1"`, "kind": `"other"`, "assets": `["` + asset + `"]`, "start": `"2026-02-01"`, "end": `"2026-12-31"`}
		name, value, _ := strings.Cut(tt.say, ":")
		fields[strings.Trim(name, `"`)] = value
		var body []string
		for name, value := range fields {
			body = append(body, fmt.Sprintf("%q:%s", name, value))
		}
		if a := y.Want(422, "POST", "/v1/insurance-policies", "{"+strings.Join(body, ",")+"}"); !strings.Contains(a.Body, `"field":"`+tt.field+`"`) {
			t.Errorf("%s: got %s", tt.say, a.Body)
		}
	}
	if a := y.Want(200, "GET", "/v1/insurance-policies", ""); !strings.Contains(a.Body, `"data":[]`) {
		t.Errorf("stored %s", a.Body)
	}
}

func TestAClaimGoesItsWay(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	asset := y.asset("")
	policy := y.policy(-100, 100, `"whole_fleet":true`)
	body := `{"policy":"` + policy + `","asset":"` + asset + `","incident_on":"` + y.inDays(-3) + `","place":"Pitt Street","description":"ran a red light","other_party":"Jane Roe"}`
	made := y.Want(201, "POST", "/v1/insurance-claims", body)
	id := made.JSON["id"].(string)
	if made.JSON["state"] != "open" || made.JSON["other_party"] != "Jane Roe" || fmt.Sprint(made.JSON["excess"]) != "map[currency:AUD minor:80000]" {
		t.Errorf("got %s", made.Body)
	}
	path := "/v1/insurance-claims/" + id
	move := func(status int, to, more string) apitest.Answer {
		t.Helper()
		return y.Want(status, "POST", path+"/state", `{"state":"`+to+`"`+more+`}`)
	}
	y.Want(200, "PATCH", path, `{"number":"C-1","claimed":{"minor":410000,"currency":"AUD"}}`)
	move(409, "approved", "")
	move(200, "lodged", "")
	move(200, "declined", "")
	move(200, "lodged", "")
	move(200, "approved", "")
	move(422, "settled", "")
	if a := move(200, "settled", `,"settled":{"minor":330000,"currency":"AUD"}`); a.JSON["settled_at"] == nil || fmt.Sprint(a.JSON["settled"]) != "map[currency:AUD minor:330000]" {
		t.Errorf("got %s", a.Body)
	}
	move(200, "closed", "")
	move(409, "withdrawn", "")
	y.Want(409, "PATCH", path, `{"number":"C-2"}`)
	want := []string{"claim.opened", "claim.updated", "claim.lodged", "claim.declined", "claim.lodged", "claim.approved", "claim.settled", "claim.closed"}
	if got := y.raised("#CLM#" + id); !slices.Equal(got, want) {
		t.Errorf("raised %v, want %v", got, want)
	}
	for _, query := range []string{"", "?asset=" + asset, "?policy=" + policy, "?state=closed"} {
		if a := y.Want(200, "GET", "/v1/insurance-claims"+query, ""); !strings.Contains(a.Body, id) {
			t.Errorf("%s: %s", query, a.Body)
		}
	}
	if a := y.Want(200, "GET", "/v1/insurance-claims?state=open", ""); strings.Contains(a.Body, id) {
		t.Errorf("got %s", a.Body)
	}
}

func TestAClaimIsOfAPolicyThatCoveredItsAsset(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	one, two := y.asset(""), y.asset("")
	policy := y.policy(-10, 100, `"assets":["`+one+`"]`)
	for _, tt := range []struct {
		asset, policy string
		day           int
		code          string
	}{
		{two, policy, -3, "insurance_claim.incident_on"},
		{one, policy, -11, "insurance_claim.incident_on"},
		{one, policy, 1, "insurance_claim.incident_on"},
		{one, "pol_01k9x3v7q2m8r4t6w0y5z1a3b5", -3, "insurance_claim.policy"},
		{"ast_01k9x3v7q2m8r4t6w0y5z1a3b5", policy, -3, "insurance_claim.asset"},
	} {
		if a := y.Want(422, "POST", "/v1/insurance-claims", fmt.Sprintf(`{"policy":%q,"asset":%q,"incident_on":%q}`, tt.policy, tt.asset, y.inDays(tt.day))); a.JSON["code"] != tt.code {
			t.Errorf("got %s, want %s", a.Body, tt.code)
		}
	}
	made := y.Want(201, "POST", "/v1/insurance-claims", fmt.Sprintf(`{"policy":%q,"asset":%q,"incident_on":%q}`, policy, one, y.inDays(-10)))
	y.Want(422, "PATCH", "/v1/insurance-claims/"+made.JSON["id"].(string), `{"incident_on":"`+y.inDays(-11)+`"}`)
}

// TestEndsAreToldInTheMorning runs the tick through a year's end of a policy, by
// the workspace's clock, twice each time.
func TestEndsAreToldInTheMorning(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.policy(-100, 40, `"whole_fleet":true`)
	six := func(n int) time.Time {
		d := apitest.Now.In(y.zone).AddDate(0, 0, n)
		return time.Date(d.Year(), d.Month(), d.Day(), 6, 0, 0, 0, y.zone)
	}
	jobs := &queued{}
	y.app.Insurance.Jobs, y.app.Insurance.Notices = jobs, letters{y}
	tick := func(at time.Time, want int) {
		t.Helper()
		for range 2 {
			if err := y.app.Insurance.Tick(t.Context(), y.space, at); err != nil {
				t.Fatal(err)
			}
			jobs.twice(t, y, at)
		}
		if got := len(y.raised("#POL#" + id)); got != want {
			t.Errorf("at %s: %d events, want %d", at, got, want)
		}
	}
	tick(six(9), 1)
	tick(six(10).Add(-time.Minute), 1) // it is not six yet
	tick(six(10), 2)                   // 30 days
	tick(six(20), 2)
	tick(six(35), 3) // 7 days, after an outage
	tick(six(40), 4) // today
	tick(six(41), 5)
	tick(six(42), 5)
	if got := len(apitest.Dump(t, y.table, "WS#"+y.space+"#LETTER")); got != 4 {
		t.Errorf("%d letters, want one for each event", got)
	}
	if got, want := y.raised("#POL#" + id)[1:], []string{"policy.expiring", "policy.expiring", "policy.expiring", "policy.expired"}; !slices.Equal(got, want) {
		t.Errorf("raised %v, want %v", got, want)
	}
}

// queued are jobs that were ordered; a queue may hand one out twice.
type queued struct{ bodies [][]byte }

func (q *queued) Send(_ context.Context, all ...queue.Message) error {
	for _, m := range all {
		q.bodies = append(q.bodies, m.Body)
	}
	return nil
}

func (q *queued) Serve(context.Context, queue.Handler) error { return nil }

func (q *queued) twice(t *testing.T, y *yard, at time.Time) {
	t.Helper()
	for len(q.bodies) > 0 {
		body := q.bodies[0]
		q.bodies = q.bodies[1:]
		for range 2 {
			if err := y.app.Insurance.RunJob(t.Context(), body, at); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// letters writes to one reader.
type letters struct{ *yard }

func (l letters) Notice(_ context.Context, ws, title string, lines []string, page string, _ time.Time) ([]table.Op, error) {
	doc, err := json.Marshal(append([]string{title, page}, lines...))
	return []table.Op{table.Put(table.Item{Key: table.Key{PK: "WS#" + ws + "#LETTER", SK: l.app.Insurance.NewID("ltr")}, Doc: doc})}, err
}

func TestInsuranceIsSeenWhereItsAssetsAre(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	loc := y.Want(201, "POST", "/v1/locations", `{"name":"Airport"}`).JSON["id"].(string)
	here, there := y.asset(`,"home_location":"`+loc+`"`), y.asset("")
	seen, hidden := y.policy(-9, 100, `"assets":["`+here+`"]`), y.policy(-9, 99, `"assets":["`+there+`"]`)
	whole := y.policy(-9, 98, `"whole_fleet":true`)
	claim := y.Want(201, "POST", "/v1/insurance-claims", fmt.Sprintf(`{"policy":%q,"asset":%q,"incident_on":%q}`, hidden, there, y.inDays(-1))).JSON["id"].(string)
	bound := y.of(y.who(loc))
	bound.Want(200, "GET", "/v1/insurance-policies/"+seen, "")
	bound.Want(200, "GET", "/v1/insurance-policies/"+whole, "")
	for _, r := range []struct{ method, path, body string }{
		{"GET", "/v1/insurance-policies/" + hidden, ""},
		{"PATCH", "/v1/insurance-policies/" + hidden, `{"number":"2"}`},
		{"POST", "/v1/insurance-policies/" + hidden + "/cancel", `{"on":"` + y.inDays(1) + `"}`},
		{"GET", "/v1/insurance-claims/" + claim, ""},
		{"POST", "/v1/insurance-claims/" + claim + "/state", `{"state":"lodged"}`},
		{"GET", "/v1/insurance-policies?asset=" + there, ""},
	} {
		bound.Want(404, r.method, r.path, r.body)
	}
	bound.Want(422, "PATCH", "/v1/insurance-policies/"+whole, `{"number":"2"}`)
	bound.Want(422, "PATCH", "/v1/insurance-policies/"+seen, `{"assets":["`+here+`","`+there+`"]}`)
	if a := bound.Want(200, "GET", "/v1/insurance-policies", ""); strings.Contains(a.Body, hidden) || !strings.Contains(a.Body, seen) {
		t.Errorf("lists %s", a.Body)
	}
	if a := bound.Want(200, "GET", "/v1/insurance-claims", ""); strings.Contains(a.Body, claim) {
		t.Errorf("lists %s", a.Body)
	}
}
