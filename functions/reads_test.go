package functions_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"motorpool/infra/machine/host"
	"motorpool/shared/app"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// reads is a table that counts the requests by which it is read.
type reads struct {
	table.Table
	n *atomic.Int64
}

func (r reads) Get(ctx context.Context, k table.Key) (table.Item, error) {
	r.n.Add(1)
	return r.Table.Get(ctx, k)
}

func (r reads) Query(ctx context.Context, q table.Query) (table.Page, error) {
	r.n.Add(1)
	return r.Table.Query(ctx, q)
}

type counting struct {
	host.Backend
	n *atomic.Int64
}

func (c counting) Ports() app.Ports {
	p := c.Backend.Ports()
	p.Table = reads{p.Table, c.n}
	return p
}

// TestReadsDoNotGrowWithTheWorkspace: each list, search and page asks DynamoDB as
// often in a workspace with a third page of things as in one with a second.
func TestReadsDoNotGrowWithTheWorkspace(t *testing.T) {
	t.Parallel()
	var n atomic.Int64
	under := aws(t)
	r := open(t, func(c *host.Clock) (host.Backend, error) {
		b, err := under(c)
		return counting{b, &n}, err
	})
	cat := r.post(201, "/v1/categories", `{"name":"Cars"}`)["id"].(string)
	home := r.post(201, "/v1/locations", `{"name":"Depot"}`)["id"].(string)
	look := r.post(201, "/v1/inspection-templates", `{"name":"Look","kind":"adhoc","sections":[{"title":"All","fields":[{"key":"lights","label":"Lights","type":"check"}]}]}`)["id"].(string)
	r.post(200, "/v1/inspection-templates/"+look+"/publish", "")
	ids := map[string]string{}
	for i := range 55 {
		r.stocked(ids, cat, home, look, i)
	}
	r.settle()
	few := r.counted(&n, ids)
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := 55 + w; i < 115; i += 4 {
				r.stocked(nil, cat, home, look, i)
			}
		})
	}
	wg.Wait()
	r.settle()
	for path, many := range r.counted(&n, ids) {
		if many < few[path] || many > few[path] {
			t.Errorf("%s: %d reads with 55 of everything, %d with 115", path, few[path], many)
		}
	}
}

// stocked adds a vehicle with one of everything that is kept about it, a person and
// a company, and notes the first of each.
func (r *rig) stocked(first map[string]string, category, home, look string, i int) {
	r.t.Helper()
	made := map[string]string{}
	for _, m := range [][2]string{
		{"/v1/assets", fmt.Sprintf(`{"type":"car","make":"Kia","model":"EV6","year":2025,"number":"B%03d","vin":"1FTFW1E50000%05d","categories":[%q],"primary_category":%q,"home_location":%q}`, i, i, category, category, home)},
		{"/v1/people", fmt.Sprintf(`{"given_name":"Ana%03d","family_name":"Núñez","email":"ana%03d@customers.example"}`, i, i)},
		{"/v1/companies", fmt.Sprintf(`{"trading_name":"Blue Gum %03d","billing_emails":["a@b.example"]}`, i)},
		{"/v1/issues", `{"asset":"{asset}","title":"Scratch","type":"damage"}`},
		{"/v1/maintenance-windows", `{"asset":"{asset}","starts_at":"2026-03-01T08:00:00Z","reason":"service"}`},
		{"/v1/service-reminders", `{"asset":"{asset}","name":"Oil","due_on":"2026-09-01"}`},
		{"/v1/expenses", `{"asset":"{asset}","item":"fuel","date":"2026-01-02","amount":{"minor":100,"currency":"AUD"}}`},
		{"/v1/insurance-policies", `{"insurer":"Harbour Mutual","number":"HM-1","kind":"comprehensive","start":"2026-01-01","end":"2026-12-31","assets":["{asset}"]}`},
		{"/v1/insurance-claims", `{"policy":"{policy}","asset":"{asset}","incident_on":"2026-02-01"}`},
		{"/v1/documents", `{"owner":{"type":"asset","id":"{asset}"},"type":"registration","number":"R-1","expires":"2026-03-20"}`},
		{"/v1/devices", fmt.Sprintf(`{"provider":"acme","serial":"DEV%03d"}`, i)},
		{"/v1/inspections", fmt.Sprintf(`{"asset":"{asset}","template":%q}`, look)},
		{"/v1/assets/{asset}/odometer/readings", `{"value":1000}`},
	} {
		put := strings.NewReplacer("{asset}", made["/v1/assets"], "{policy}", made["/v1/insurance-policies"])
		id := r.post(201, put.Replace(m[0]), put.Replace(m[1]))["id"].(string)
		made[m[0]] = id
		if first != nil && first[m[0]] == "" {
			first[m[0]] = id
		}
	}
}

// read are the lists, searches and pages; the word in braces is a thing's list.
var read = strings.Fields(`
	/v1/assets /v1/assets?sort=number /v1/assets?q=b0 /v1/assets?q=1ftfw /v1/assets/{assets} /v1/assets/{assets}/timeline /v1/assets/{assets}/history
	/v1/assets/{assets}/odometer /v1/assets/{assets}/odometer/readings /v1/assets/{assets}/costs
	/v1/people /v1/people?sort=newest /v1/people?q=nunez /v1/people?q=ana0 /v1/people/{people} /v1/companies /v1/companies?sort=name /v1/companies?q=blue /v1/companies/{companies}
	/v1/issues /v1/issues?state=open /v1/issues?sort=due /v1/issues/{issues} /v1/maintenance-windows /v1/maintenance-windows/{maintenance-windows}
	/v1/service-reminders /v1/service-reminders/{service-reminders} /v1/calendar /v1/expenses /v1/expenses/{expenses} /v1/insurance-policies
	/v1/insurance-policies/{insurance-policies} /v1/insurance-claims /v1/insurance-claims/{insurance-claims} /v1/documents?state=verified /v1/documents?expires_within=60
	/v1/documents/{documents} /v1/devices /v1/devices?q=dev /v1/devices/{devices} /v1/inspections /v1/inspections?state=in_progress /v1/inspections/{inspections} /v1/locations
	/assets /assets?q=b0 /assets/{assets} /assets/{assets}/timeline /assets/{assets}/odometer /assets/{assets}/costs /people /people?q=nunez /people/{people}
	/companies /companies/{companies} /issues /issues/{issues} /maintenance /maintenance/{maintenance-windows} /reminders /reminders/{service-reminders} /inspections
	/inspections/{inspections} /inspections/new /documents?show=expiring /documents/{documents} /devices /locations /calendar /exports /imports /
	/expenses /expenses/{expenses} /expenses/{expenses}/edit /insurance /insurance?state=active /insurance/{insurance-policies} /insurance/{insurance-policies}/edit /insurance/new
	/insurance-claims /insurance-claims/{insurance-claims} /insurance-claims/{insurance-claims}/edit /insurance-claims/new?asset={assets}`)

// counted opens each list, search and page, and says how many reads it took.
func (r *rig) counted(n *atomic.Int64, ids map[string]string) map[string]int64 {
	r.t.Helper()
	ask := r.signedIn()
	took := map[string]int64{}
	for _, path := range read {
		at := path
		for list, id := range ids {
			at = strings.ReplaceAll(at, "{"+strings.TrimPrefix(list, "/v1/")+"}", id)
		}
		for range 2 { // the first warms what a process remembers
			before := n.Load()
			ask(at)
			took[path] = n.Load() - before
		}
	}
	return took
}

// signedIn returns a browser of the owner, with the key of a program besides.
func (r *rig) signedIn() func(path string) {
	r.t.Helper()
	ws, err := r.host.Workspaces.First(r.t.Context(), workspace.Draft{}, r.now())
	if err != nil {
		r.t.Fatal(err)
	}
	_, link, err := r.host.LetIn(r.t.Context(), ws.ID, "owner@motorpool.example", r.now())
	if err != nil {
		r.t.Fatal(err)
	}
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	session := "" // kept by hand: the clock of a browser is not the rig's
	ask := func(method, path string, want int) *http.Response {
		r.t.Helper()
		req, err := http.NewRequestWithContext(r.t.Context(), method, r.host.Address()+path, strings.NewReader(""))
		if err != nil {
			r.t.Fatal(err)
		}
		if strings.HasPrefix(path, "/v1/") {
			req.Header.Set("Authorization", "Bearer "+key)
		}
		req.Header.Set("Origin", r.host.Address())
		req.Header.Set("Cookie", session)
		res, err := browser.Do(req)
		if err != nil {
			r.t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			r.t.Fatalf("%s %s: got %d, want %d", method, path, res.StatusCode, want)
		}
		return res
	}
	session, _, _ = strings.Cut(ask(http.MethodPost, "/sign-in/"+link, http.StatusSeeOther).Header.Get("Set-Cookie"), ";")
	return func(path string) { ask(http.MethodGet, path, http.StatusOK) }
}
