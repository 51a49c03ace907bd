package people

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
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/person"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

const workspace = "wsp_00000000000000000000000000"

// desk is the product with a file of its own, and a client that may do all.
type desk struct {
	*apitest.Client
	t     *testing.T
	table table.Table
	app   *app.App
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	now := func() time.Time { return apitest.Now }
	tab := embedtest.Open(t, now)
	ids := ident.Sortable(now)
	told, noted := &outbox.Service{Table: tab, NewID: ids}, &audit.Service{Table: tab, NewID: ids}
	a := &app.App{Events: told, Audit: noted, People: &person.Service{
		Table: tab, NewID: ids, Events: told, Audit: noted,
		Country: func(context.Context, string) (string, error) { return "AU", nil },
	}}
	y := &desk{t: t, table: tab, app: a}
	y.Client = y.as(access.All()...)
	return y
}

func (y *desk) as(grants ...access.Grant) *apitest.Client { return y.of(workspace, grants...) }

func (y *desk) of(workspace string, grants ...access.Grant) *apitest.Client {
	actor := access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: workspace, Grants: grants}
	return apitest.Serve(y.t, y.app, func() time.Time { return apitest.Now }, actor, Routes)
}

// person adds a person and returns their id; say is their fields, as JSON.
func (y *desk) person(say string) string {
	y.t.Helper()
	return y.Want(201, "POST", "/v1/people", say).JSON["id"].(string)
}

// stored is everything of the partitions that tests can touch, to see that
// nothing has changed.
func (y *desk) stored(ids ...string) string {
	y.t.Helper()
	var all []string
	partition := func(pk string, index bool) {
		page, err := y.table.Query(y.t.Context(), table.Query{PK: "WS#" + workspace + pk, Index: index, Limit: table.MaxPage})
		if err != nil {
			y.t.Fatal(err)
		}
		for _, it := range page.Items {
			all = append(all, fmt.Sprint(it.Key, it.Version, string(it.Doc)))
		}
	}
	for _, pk := range []string{"#EVT", "#AUDIT", "#PER#active", "#PER#archived"} {
		partition(pk, true)
	}
	for _, pk := range []string{"#PEOPLE#active", "#PEOPLE#archived", "#PEOPLE#blocked", "#PERSONNAME#active", "#PERSONSECRET#active"} {
		partition(pk, false)
	}
	for _, id := range ids {
		partition("#PER#"+id, false)
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

// refusal is a request that is answered with a problem.
type refusal struct {
	name, method, path, body string
	status                   int
	code, field              string
}

// refused sends each request and looks for the right problem and an unchanged store.
func (y *desk) refused(ids []string, refusals []refusal) {
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
