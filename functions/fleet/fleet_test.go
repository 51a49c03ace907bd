package fleet

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

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

const workspace = "wsp_00000000000000000000000000"

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
	a := &app.App{Events: told, Audit: noted, Fleet: &fleet.Service{Table: tab, NewID: ids, Events: told, Audit: noted}}
	y := &yard{t: t, table: tab, app: a}
	y.Client = y.as(access.All()...)
	return y
}

func (y *yard) as(grants ...access.Grant) *apitest.Client {
	actor := access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: workspace, Grants: grants}
	return y.of(actor)
}

func (y *yard) of(actor access.Actor) *apitest.Client {
	return apitest.Serve(y.t, y.app, func() time.Time { return apitest.Now }, actor, Routes)
}

// asset adds an asset and returns its id; say is more of its fields, as JSON.
func (y *yard) asset(say string) string {
	y.t.Helper()
	body := `{"type":"car","make":"Toyota","model":"Camry"` + strings.TrimSuffix(","+say, ",") + `}`
	return apitest.Asset(y.t, y.app, access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: workspace}, body)
}

// home sets locations up, with one.
func (y *yard) home() string {
	y.t.Helper()
	zone := func(context.Context, string) (string, error) { return "UTC", nil }
	places := &location.Service{Table: y.table, NewID: y.app.Fleet.NewID, Events: y.app.Events, Audit: y.app.Audit, Zone: zone}
	y.app.Fleet.Locations = places
	l, err := places.Create(y.t.Context(), access.Actor{Kind: "user", ID: "usr_1", Workspace: workspace}, location.Details{Name: "Depot"}, apitest.Now)
	if err != nil {
		y.t.Fatal(err)
	}
	return l.ID
}

func (y *yard) category(name string) string {
	y.t.Helper()
	return y.Want(201, "POST", "/v1/categories", fmt.Sprintf(`{"name":%q}`, name)).JSON["id"].(string)
}

// stored is everything of the partitions that tests can touch, to see that
// nothing has changed.
func (y *yard) stored(ids ...string) string {
	y.t.Helper()
	var all []string
	for _, pk := range []string{"#EVT", "#AUDIT", "#CAT", "#AST#open", "#AST#closed", "#AST#archived"} {
		all = append(all, y.partition("WS#"+workspace+pk, true)...)
	}
	for _, pk := range []string{"#SEARCH#active", "#NUMBERED#active"} {
		all = append(all, y.partition("WS#"+workspace+pk, false)...)
	}
	for _, id := range ids {
		for _, noun := range []string{"#AST#", "#CAT#"} {
			all = append(all, y.partition("WS#"+workspace+noun+id, false)...)
		}
	}
	return strings.Join(all, "\n")
}

func (y *yard) partition(pk string, index bool) (all []string) {
	y.t.Helper()
	page, err := y.table.Query(context.Background(), table.Query{PK: pk, Index: index, Limit: table.MaxPage})
	if err != nil {
		y.t.Fatal(err)
	}
	for _, it := range page.Items {
		all = append(all, fmt.Sprint(it.Key, it.Version, string(it.Doc)))
	}
	return all
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

// refusal is a request that is answered with a problem.
type refusal struct {
	name, method, path, body string
	status                   int
	code, field              string
}

// refused sends each request and looks for the right problem and an unchanged store.
func (y *yard) refused(ids []string, refusals []refusal) {
	y.t.Helper()
	before := y.stored(ids...)
	for _, r := range refusals {
		a := y.Do(r.method, r.path, r.body)
		if a.Status != r.status || a.JSON["code"] != r.code {
			y.t.Errorf("%s: got %d %s, want %d %s", r.name, a.Status, a.Body, r.status, r.code)
			continue
		}
		if r.field != "" && !strings.Contains(a.Body, `"field":"`+r.field+`"`) {
			y.t.Errorf("%s: %s does not name the field %s", r.name, a.Body, r.field)
		}
		if after := y.stored(ids...); after != before {
			y.t.Fatalf("%s: the store has changed", r.name)
		}
	}
}
