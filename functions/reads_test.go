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
	ids := map[string]string{}
	for i := range 55 {
		r.stocked(ids, cat, home, i)
	}
	r.settle()
	few := r.counted(&n, ids)
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := 55 + w; i < 115; i += 4 {
				r.stocked(nil, cat, home, i)
			}
		})
	}
	wg.Wait()
	r.settle()
	for path, many := range r.counted(&n, ids) {
		if many != few[path] {
			t.Errorf("%s: %d reads with 55 of everything, %d with 115", path, few[path], many)
		}
	}
}

// stocked adds a vehicle, a person and a company, and notes the first of each.
func (r *rig) stocked(first map[string]string, category, home string, i int) {
	r.t.Helper()
	for path, body := range map[string]string{
		"/v1/assets":    fmt.Sprintf(`{"type":"car","make":"Kia","model":"EV6","year":2025,"number":"B%03d","vin":"1FTFW1E50000%05d","categories":[%q],"primary_category":%q,"home_location":%q}`, i, i, category, category, home),
		"/v1/people":    fmt.Sprintf(`{"given_name":"Ana%03d","family_name":"Núñez","email":"ana%03d@customers.example"}`, i, i),
		"/v1/companies": fmt.Sprintf(`{"trading_name":"Blue Gum %03d","billing_emails":["a@b.example"]}`, i),
	} {
		id := r.post(201, path, body)["id"].(string)
		if first != nil && first[path] == "" {
			first[path] = id
		}
	}
}

// counted opens each list, search and page, and says how many reads it took.
func (r *rig) counted(n *atomic.Int64, ids map[string]string) map[string]int64 {
	r.t.Helper()
	ask := r.signedIn()
	took := map[string]int64{}
	for _, path := range []string{
		"/v1/assets", "/v1/assets?sort=number", "/v1/assets?q=b0", "/v1/assets?q=1ftfw", "/v1/assets/" + ids["/v1/assets"],
		"/v1/people", "/v1/people?sort=newest", "/v1/people?q=nunez", "/v1/people?q=ana0", "/v1/people/" + ids["/v1/people"],
		"/v1/companies", "/v1/companies?sort=name", "/v1/companies?q=blue", "/v1/companies/" + ids["/v1/companies"],
		"/assets", "/assets?q=b0", "/assets/" + ids["/v1/assets"], "/people", "/people?q=nunez", "/people/" + ids["/v1/people"],
	} {
		for range 2 { // the first warms what a process remembers
			before := n.Load()
			ask(path)
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
