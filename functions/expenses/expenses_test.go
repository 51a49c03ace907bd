package expenses

import (
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
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// yard is the product with a file of its own, and a client that may do all.
type yard struct {
	*apitest.Client
	t     *testing.T
	table table.Table
	app   *app.App
	space string
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
	y.space = w.ID
	y.Client = y.of(y.who(access.All()...))
	return y
}

func (y *yard) who(grants ...access.Grant) access.Actor {
	return access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: y.space, Grants: grants}
}

func (y *yard) of(actor access.Actor) *apitest.Client {
	return apitest.Serve(y.t, y.app, func() time.Time { return apitest.Now }, actor, Routes, fleet.Routes, locations.Routes)
}

// asset adds one and returns its id; say is more of its fields, as JSON.
func (y *yard) asset(say string) string {
	y.t.Helper()
	return apitest.Asset(y.t, y.app, y.who(access.All()...), `{"type":"car","make":"Toyota","model":"Camry"`+say+`}`)
}

// spend records one and returns its id.
func (y *yard) spend(asset, item, date string, minor int, more string) string {
	y.t.Helper()
	return y.Want(201, "POST", "/v1/expenses", fmt.Sprintf(`{"asset":%q,"item":%q,"date":%q,"amount":{"minor":%d,"currency":"AUD"}%s}`, asset, item, date, minor, more)).JSON["id"].(string)
}

// today is the day at which tests are, in the workspace.
func today() string { return apitest.Now.In(mustZone()).Format(time.DateOnly) }

func inDays(n int) string { return apitest.Now.In(mustZone()).AddDate(0, 0, n).Format(time.DateOnly) }

func mustZone() *time.Location {
	zone, err := time.LoadLocation("Australia/Sydney")
	if err != nil {
		panic(err)
	}
	return zone
}

// raised are the types of the events of an expense, in their order.
func (y *yard) raised(id string) (types []string) {
	y.t.Helper()
	page, err := y.table.Query(y.t.Context(), table.Query{PK: "WS#" + y.space + "#EXP#" + id, Prefix: "EVENT#", Limit: table.MaxPage})
	if err != nil {
		y.t.Fatal(err)
	}
	for _, it := range page.Items {
		for _, typ := range []string{"expense.recorded", "expense.updated", "expense.voided"} {
			if strings.Contains(string(it.Doc), `"`+typ+`"`) {
				types = append(types, typ)
			}
		}
		if strings.Contains(string(it.Doc), "secret note") {
			y.t.Errorf("a note is in %s", it.Doc)
		}
	}
	return types
}

func TestAnExpenseIsRecordedEditedAndVoided(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	asset := y.asset("")
	made := y.Want(201, "POST", "/v1/expenses", `{"asset":"`+asset+`","item":"tyres","date":"`+today()+`","vendor":" Northside Tyres ","amount":{"minor":44000,"currency":"AUD"},"tax_rate":"10.00","odometer":48211000,"notes":"secret note"}`)
	id := made.JSON["id"].(string)
	if made.Header.Get("ETag") != `"1"` || made.JSON["vendor"] != "Northside Tyres" || made.JSON["tax_rate"] != "10" || made.JSON["notes"] != "secret note" ||
		fmt.Sprint(made.JSON["tax"]) != "map[currency:AUD minor:4000]" || made.JSON["state"] != "recorded" {
		t.Errorf("got %s", made.Body)
	}
	path := "/v1/expenses/" + id
	edited := y.Want(200, "PATCH", path, `{"amount":{"minor":22000,"currency":"AUD"},"date":"`+inDays(-3)+`"}`)
	if fmt.Sprint(edited.JSON["tax"]) != "map[currency:AUD minor:2000]" || edited.JSON["version"] != 2.0 {
		t.Errorf("the tax that was reckoned is not reckoned anew: %s", edited.Body)
	}
	if a := y.Want(200, "PATCH", path, `{}`); a.JSON["version"] != 2.0 {
		t.Errorf("saying the same again made %s", a.Body)
	}
	y.Want(200, "POST", path+"/void", `{"reason":"Entered twice"}`)
	for _, again := range []struct{ method, path, body string }{{"PATCH", path, `{"vendor":"x"}`}, {"POST", path + "/void", `{"reason":"again"}`}} {
		if a := y.Want(409, again.method, again.path, again.body); a.JSON["code"] != "expense.voided" {
			t.Errorf("got %s", a.Body)
		}
	}
	if a := y.Want(200, "GET", path, ""); a.JSON["state"] != "voided" || a.JSON["void_reason"] != "Entered twice" || a.JSON["voided_at"] == nil {
		t.Errorf("got %s", a.Body)
	}
	if got, want := y.raised(id), []string{"expense.recorded", "expense.updated", "expense.voided"}; !slices.Equal(got, want) {
		t.Errorf("raised %v, want %v", got, want)
	}
	timeline, _, err := y.app.Fleet.Timeline(t.Context(), y.who(), asset, "", 50)
	if err != nil || len(timeline) != 4 || timeline[0].Action != "expense.voided" || strings.Contains(fmt.Sprint(timeline), "secret note") {
		t.Errorf("the asset's timeline: %v, %v", timeline, err)
	}
	if a := y.Want(409, "DELETE", "/v1/assets/"+asset, ""); a.JSON["code"] != "asset.in_use" || !strings.Contains(a.Body, "expenses") {
		t.Errorf("got %s", a.Body)
	}
}

func TestBadExpensesAreRefusedAndNothingIsStored(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	asset := y.asset("")
	gone := y.asset("")
	y.Want(200, "POST", "/v1/assets/"+gone+"/archive", "")
	for _, tt := range []struct{ say, code, field string }{
		{`"item":"gold"`, "expense.item", "item"},
		{`"item":"No Code"`, "expense.item", "item"},
		{`"amount":{"minor":0,"currency":"AUD"}`, "expense.amount", "amount"},
		{`"amount":{"minor":5,"currency":"XXZ"}`, "expense.amount", "amount"},
		{`"tax":{"minor":200,"currency":"NZD"}`, "expense.tax", "tax"},
		{`"tax":{"minor":-1,"currency":"AUD"}`, "expense.tax", "tax"},
		{`"tax":{"minor":1001,"currency":"AUD"}`, "expense.tax", "tax"},
		{`"tax_rate":"100.1"`, "expense.tax_rate", "tax_rate"},
		{`"tax_rate":"10,5"`, "expense.tax_rate", "tax_rate"},
		{`"tax_rate":"1e1"`, "expense.tax_rate", "tax_rate"},
		{`"date":"` + inDays(40) + `"`, "expense.date", "date"},
		{`"odometer":-1`, "expense.odometer", "odometer"},
		{`"issue":"bkg_01k9x3v7q2m8r4t6w0y5z1a3b5"`, "expense.issue", "issue"},
		{`"issue":"iss_01k9x3v7q2m8r4t6w0y5z1a3b5"`, "expense.issue", "issue"},
		{`"maintenance":"mtw_01k9x3v7q2m8r4t6w0y5z1a3b5"`, "expense.maintenance", "maintenance"},
		{`"reminder":"rem_01k9x3v7q2m8r4t6w0y5z1a3b5"`, "expense.reminder", "reminder"},
		{`"claim":"clm_01k9x3v7q2m8r4t6w0y5z1a3b5"`, "expense.claim", "claim"},
		{`"receipts":["att_01k9x3v7q2m8r4t6w0y5z1a3b5"]`, "expense.receipts", "receipts"},
		{`"receipts":["x"]`, "expense.receipts", "receipts[0]"},
		{`"asset":"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`, "expense.asset", "asset"},
	} {
		fields := map[string]string{"asset": `"` + asset + `"`, "item": `"fuel"`, "date": `"` + today() + `"`, "amount": `{"minor":1000,"currency":"AUD"}`}
		name, value, _ := strings.Cut(tt.say, ":")
		fields[strings.Trim(name, `"`)] = value
		var body []string
		for name, value := range fields {
			body = append(body, fmt.Sprintf("%q:%s", name, value))
		}
		a := y.Want(422, "POST", "/v1/expenses", "{"+strings.Join(body, ",")+"}")
		if a.JSON["code"] != tt.code || !strings.Contains(a.Body, `"field":"`+tt.field+`"`) {
			t.Errorf("%s: got %s", tt.say, a.Body)
		}
	}
	y.Want(409, "POST", "/v1/expenses", `{"asset":"`+gone+`","item":"fuel","date":"`+today()+`","amount":{"minor":1,"currency":"AUD"}}`)
	if a := y.Want(200, "GET", "/v1/expenses", ""); !strings.Contains(a.Body, `"data":[]`) {
		t.Errorf("stored %s", a.Body)
	}
	y.Want(204, "DELETE", "/v1/assets/"+asset, "")
}

func TestExpensesAreListedAndAddedUp(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	one, two := y.asset(""), y.asset("")
	y.spend(one, "fuel", inDays(-40), 5010, "")
	y.spend(one, "fuel", inDays(-2), 7005, `,"vendor":"Shell Rozelle","tax_rate":"10"`)
	y.spend(one, "tyres", inDays(-1), 80000, "")
	y.spend(two, "fuel", inDays(-1), 100, "")
	refund := y.spend(one, "tyres", today(), -20000, `,"vendor":"Shellharbour Tyres"`)
	euro := y.Want(201, "POST", "/v1/expenses", `{"asset":"`+one+`","item":"fuel","date":"`+today()+`","amount":{"minor":333,"currency":"EUR"}}`)
	void := y.spend(one, "fuel", today(), 999999, "")
	y.Want(200, "POST", "/v1/expenses/"+void+"/void", `{"reason":"typo"}`)

	list := func(query string) (found []string) {
		for _, e := range y.Want(200, "GET", "/v1/expenses?"+query, "").JSON["data"].([]any) {
			found = append(found, e.(map[string]any)["id"].(string))
		}
		return found
	}
	for query, want := range map[string]int{
		"": 7, "asset=" + one: 6, "asset=" + one + "&item=fuel": 4, "asset=" + one + "&from=" + inDays(-2) + "&to=" + inDays(-1): 2,
		"from=" + inDays(-1) + "&to=" + inDays(-1): 2, "vendor=shell": 2, "state=voided": 1, "item=tyres&vendor=shellh": 1,
	} {
		if got := list(query); len(got) != want {
			t.Errorf("%s: got %d, want %d", query, len(got), want)
		}
	}
	if got := list("asset=" + one + "&state=recorded&limit=2"); len(got) != 2 || !slices.Contains(got, refund) || !slices.Contains(got, euro.JSON["id"].(string)) {
		t.Errorf("the latest day is not first: %v", got)
	}
	sums := y.Want(200, "GET", "/v1/expenses/sums?asset="+one, "")
	if got, want := fmt.Sprint(sums.JSON["total"]), "[map[amount:72015 count:4 currency:AUD tax:637] map[amount:333 count:1 currency:EUR tax:0]]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := fmt.Sprint(sums.JSON["by_item"]); !strings.Contains(got, "map[amount:12015 count:2 currency:AUD item:fuel tax:637]") || !strings.Contains(got, "amount:60000 count:2 currency:AUD item:tyres") {
		t.Errorf("by item %s", got)
	}
	if a := y.Want(422, "GET", "/v1/expenses?from=yesterday", ""); a.JSON["code"] == nil {
		t.Errorf("got %s", a.Body)
	}
}

func TestWhatAnAssetCostMonthByMonth(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	asset := y.asset(`,"acquisition":{"price":{"minor":4599000,"currency":"AUD"},"date":"2026-01-15"},"holding_cost":{"minor":31000,"currency":"AUD"}`)
	y.spend(asset, "fuel", "2026-01-20", 5000, "")
	y.spend(asset, "fuel", "2026-02-01", 700, "")
	y.spend(asset, "fuel", "2026-02-28", 1, "")
	costs := y.Want(200, "GET", "/v1/assets/"+asset+"/costs?from=2025-12-01&to=2026-02-14", "")
	want := "[map[holding:map[currency:AUD minor:15500] month:2026-02 spent:[map[amount:700 count:1 currency:AUD tax:0]]]" +
		" map[holding:map[currency:AUD minor:17000] month:2026-01 spent:[map[amount:5000 count:1 currency:AUD tax:0]]]" +
		" map[holding:map[currency:AUD minor:0] month:2025-12 spent:[]]]"
	if got := fmt.Sprint(costs.JSON["months"]); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := fmt.Sprint(costs.JSON["holding"], costs.JSON["held_from"]); got != "map[currency:AUD minor:32500]2026-01-15" {
		t.Errorf("got %s", got)
	}
	if n := len(y.Want(200, "GET", "/v1/assets/"+asset+"/costs", "").JSON["months"].([]any)); n != 12 {
		t.Errorf("%d months, want the last twelve", n)
	}
	y.Want(422, "GET", "/v1/assets/"+asset+"/costs?from=2026-02-01&to=2026-01-01", "")
	y.Want(422, "GET", "/v1/assets/"+asset+"/costs?from=1900-02-01&to=2026-01-01", "")
}

func TestItemsAreTheWorkspacesOwn(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	asset := y.asset("")
	fuel := y.spend(asset, "fuel", today(), 1, "")
	y.Want(422, "POST", "/v1/expenses", `{"asset":"`+asset+`","item":"ferry","date":"`+today()+`","amount":{"minor":1,"currency":"AUD"}}`)
	y.Want(200, "PUT", "/v1/expense-items/ferry", `{"name":"Ferry"}`)
	y.spend(asset, "ferry", today(), 1, "")
	y.Want(200, "PUT", "/v1/expense-items/fuel", `{"name":"Petrol","off":true}`)
	y.Want(422, "POST", "/v1/expenses", `{"asset":"`+asset+`","item":"fuel","date":"`+today()+`","amount":{"minor":1,"currency":"AUD"}}`)
	y.Want(200, "PATCH", "/v1/expenses/"+fuel, `{"vendor":"x"}`)
	y.Want(409, "PUT", "/v1/expense-items/boat", `{"name":" ferry "}`)
	y.Want(422, "PUT", "/v1/expense-items/Boat", `{"name":"Boat"}`)
	a := y.Want(200, "GET", "/v1/expense-items", "")
	if n := len(a.JSON["data"].([]any)); n != 16 || !strings.Contains(a.Body, `"name":"Petrol"`) {
		t.Errorf("%d items: %s", n, a.Body)
	}
}

func TestExpensesAreSeenWhereTheirAssetIs(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	loc := y.Want(201, "POST", "/v1/locations", `{"name":"Airport"}`).JSON["id"].(string)
	here, there := y.asset(`,"home_location":"`+loc+`"`), y.asset("")
	seen, hidden := y.spend(here, "fuel", today(), 10, ""), y.spend(there, "fuel", today(), 20, "")
	actor := y.who(access.All()...)
	actor.Locations = []string{loc}
	bound := y.of(actor)
	bound.Want(200, "GET", "/v1/expenses/"+seen, "")
	for _, r := range []struct{ method, path, body string }{
		{"GET", "/v1/expenses/" + hidden, ""},
		{"PATCH", "/v1/expenses/" + hidden, `{"vendor":"x"}`},
		{"POST", "/v1/expenses/" + hidden + "/void", `{"reason":"x"}`},
		{"GET", "/v1/expenses?asset=" + there, ""},
		{"GET", "/v1/expenses/sums?asset=" + there, ""},
		{"GET", "/v1/assets/" + there + "/costs", ""},
	} {
		bound.Want(404, r.method, r.path, r.body)
	}
	bound.Want(422, "POST", "/v1/expenses", `{"asset":"`+there+`","item":"fuel","date":"`+today()+`","amount":{"minor":1,"currency":"AUD"}}`)
	if a := bound.Want(200, "GET", "/v1/expenses", ""); strings.Contains(a.Body, hidden) || !strings.Contains(a.Body, seen) {
		t.Errorf("lists %s", a.Body)
	}
	if a := bound.Want(200, "GET", "/v1/expenses/sums", ""); !strings.Contains(a.Body, `"amount":10,`) {
		t.Errorf("adds up %s", a.Body)
	}
	y.of(y.who(access.ViewAssets)).Want(403, "GET", "/v1/expenses", "")
	y.of(y.who(access.ViewExpenses)).Want(403, "POST", "/v1/expenses", `{}`)
}
