package functions_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/exporting"
)

// hired lets somebody in who has some permissions, at some locations.
func (w *world) hired(name string, locations []string, grants ...access.Grant) *apitest.Client {
	w.t.Helper()
	a, _, err := w.host.LetIn(w.t.Context(), w.owner.Workspace, name+"@harbour.example", w.now())
	w.must(err)
	say, err := json.Marshal(map[string]any{"name": name, "grants": grants})
	w.must(err)
	change, err := json.Marshal(map[string]any{"role": w.id("/v1/roles", "%s", say), "locations": locations})
	w.must(err)
	w.Want(200, "PATCH", "/v1/users/"+a.ID, string(change))
	a, err = w.host.Members.Member(w.t.Context(), w.owner.Workspace, a.ID, w.now())
	w.must(err)
	return w.as(a)
}

// exported asks for a list as a file and returns its rows, each by its columns, and
// the columns that were left out.
func (w *world) exported(c *apitest.Client, list exporting.Offer, filters map[string]string) (rows []map[string]string, redacted string) {
	w.t.Helper()
	say, err := json.Marshal(map[string]any{"list": list.Name, "filters": filters})
	w.must(err)
	path := "/v1/exports/" + c.Want(201, "POST", "/v1/exports", string(say)).JSON["id"].(string)
	w.settle()
	made := c.Want(200, "GET", path, "").JSON
	if made["state"] != "ready" {
		w.t.Fatalf("%s with %v: %v", list.Name, filters, made)
	}
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, c.Want(200, "GET", path+"/link", "").JSON["url"].(string), nil)
	w.must(err)
	res, err := http.DefaultClient.Do(req)
	w.must(err)
	defer res.Body.Close()
	cells, err := csv.NewReader(io.LimitReader(res.Body, 1<<20)).ReadAll()
	w.must(err)
	for _, line := range cells[1:] {
		row := map[string]string{}
		for i, column := range list.Columns {
			row[column.Name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows, fmt.Sprint(made["redacted"])
}

// shown are the ids that the route of a list answers with, in its order.
func shown(c *apitest.Client, list exporting.Offer, filters map[string]string) (ids []string) {
	path, query := "/v1/"+list.Name, "?limit=200"
	for name, value := range filters {
		if list.Name == "odometer-readings" && name == "asset" {
			path = "/v1/assets/" + value + "/odometer/readings"
			continue
		}
		query += "&" + name + "=" + value
	}
	a := c.Do("GET", path+query, "")
	data, _ := a.JSON["data"].([]any)
	if a.Status != 200 {
		ids = append(ids, a.Body)
	}
	for _, one := range data {
		ids = append(ids, one.(map[string]any)["id"].(string))
	}
	return ids
}

// TestAnExportHasWhatItsRouteShows asks for every list that can be exported, with
// each value of each of its filters, as who may do all, as who works at one
// location, and as who may not see what is personal.
func TestAnExportHasWhatItsRouteShows(t *testing.T) {
	t.Parallel()
	w := newWorld(open(t, nil))
	here, there := w.stock("Harbour"), w.stock("Airport")
	all := w.host.Exports.Offered(w.owner)
	if len(all) < 14 {
		t.Errorf("%d lists", len(all))
	}
	blind := slices.DeleteFunc(access.All(), func(g access.Grant) bool { return g == access.ViewPII })
	for who, c := range map[string]*apitest.Client{"the owner": w.Client, "at one location": w.hired("tom", []string{here["locations"]}, access.All()...), "without what is personal": w.hired("kim", nil, blind...)} {
		for _, list := range all {
			base := map[string]string{}
			if list.Filters[0].Required {
				base["asset"] = here["assets"]
			}
			cases := []map[string]string{base}
			for _, f := range list.Filters {
				if who != "the owner" && f.Name != "state" {
					continue
				}
				for _, value := range f.Values {
					with := map[string]string{f.Name: value}
					for name, value := range base {
						with[name] = value
					}
					cases = append(cases, with)
				}
			}
			w.sameRows(c, who, list, cases, there)
		}
	}
}

// sameRows compares the exports of a list with what its route shows.
func (w *world) sameRows(c *apitest.Client, who string, list exporting.Offer, cases []map[string]string, there map[string]string) {
	w.t.Helper()
	for n, filters := range cases {
		rows, redacted := w.exported(c, list, filters)
		var ids []string
		for _, row := range rows {
			ids = append(ids, row["id"])
			for _, column := range list.Columns {
				if strings.ContainsAny(row[column.Name][:min(1, len(row[column.Name]))], "=+-@\t") {
					w.t.Errorf("%s has a formula in %s: %q", list.Name, column.Name, row[column.Name])
				}
				if hidden := who == "without what is personal" && column.Needs == access.ViewPII; hidden && (row[column.Name] != "" || !strings.Contains(redacted, column.Name)) {
					w.t.Errorf("%s tells %s who may not see it: %q, redacted %s", list.Name, column.Name, row[column.Name], redacted)
				}
			}
			if who == "at one location" && everywhere[list.Name] == "" {
				for _, id := range row {
					if len(id) > 20 && slices.Contains([]string{there["assets"], there["locations"], there["issues"], there["insurance-policies"]}, id) {
						w.t.Errorf("%s tells of another location: %v", list.Name, row)
					}
				}
			}
		}
		if want := shown(c, list, filters); !slices.Equal(ids, want) {
			w.t.Errorf("%s: %s with %v has %v, and the list %v", who, list.Name, filters, ids, want)
		}
		if n == 0 && len(rows) == 0 && list.Name != "documents" { // whose first page is what waits
			w.t.Errorf("%s: %s is empty", who, list.Name)
		}
	}
}
