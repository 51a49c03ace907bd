package fleet

import (
	"slices"
	"strings"
	"testing"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
)

func TestAnotherWorkspaceSeesNothing(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	cat := y.category("Sedan")
	id := y.asset(`"vin":"ABC1","number":"7","categories":["` + cat + `"]`)
	y.asset("")
	cursor := y.Want(200, "GET", "/v1/assets?limit=1", "").JSON["next_cursor"].(string)
	before := y.stored(id, cat)
	them := y.of(access.Actor{Kind: "user", ID: "usr_2", Workspace: "wsp_11111111111111111111111111", Grants: access.All()})
	for _, r := range []struct{ method, path, body string }{
		{"GET", "/v1/assets/" + id, ""},
		{"PATCH", "/v1/assets/" + id, `{"name":"x"}`},
		{"DELETE", "/v1/assets/" + id, ""},
		{"POST", "/v1/assets/" + id + "/archive", ""},
		{"POST", "/v1/assets/" + id + "/duplicate", ""},
		{"POST", "/v1/assets/" + id + "/enable-booking", ""},
		{"POST", "/v1/assets/" + id + "/disable-booking", ""},
		{"GET", "/v1/assets/" + id + "/history", ""},
		{"GET", "/v1/categories/" + cat, ""},
		{"PATCH", "/v1/categories/" + cat, `{"name":"x"}`},
		{"DELETE", "/v1/categories/" + cat, ""},
		{"POST", "/v1/categories/" + cat + "/merge", `{"into":"` + cat + `"}`},
	} {
		if a := them.Do(r.method, r.path, r.body); a.Status != 404 {
			t.Errorf("%s %s: got %d %s, want 404", r.method, r.path, a.Status, a.Body)
		}
	}
	for _, path := range []string{"/v1/assets", "/v1/assets?q=abc", "/v1/assets?sort=number", "/v1/categories"} {
		if a := them.Want(200, "GET", path, ""); len(a.JSON["data"].([]any)) != 0 {
			t.Errorf("%s: got %s", path, a.Body)
		}
	}
	them.Want(422, "GET", "/v1/assets?cursor="+cursor, "")
	them.Want(422, "GET", "/v1/assets?category="+cat, "")
	them.Want(422, "POST", "/v1/assets", `{"type":"car","make":"A","model":"B","vin":"ABC1","year":2020,"home_location":"loc_00000000000000000000000009","categories":["`+cat+`"]}`)
	own := them.Want(201, "POST", "/v1/categories", `{"name":"Sedan"}`).JSON["id"].(string)
	apitest.Asset(t, y.app, access.Actor{Kind: "user", ID: "usr_9", Workspace: "wsp_11111111111111111111111111"}, `{"type":"car","make":"A","model":"B","vin":"ABC1","number":"7","categories":["`+own+`"]}`)
	if y.stored(id, cat) != before {
		t.Error("something of ours has changed")
	}
}

func TestRoutesAskForTheirPermission(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id, cat := y.asset(""), y.category("Sedan")
	for _, r := range Routes {
		path := strings.Replace(r.Path, "{id}", id, 1)
		if strings.Contains(path, "categories") {
			path = strings.Replace(r.Path, "{id}", cat, 1)
		}
		others := slices.DeleteFunc(access.All(), func(g access.Grant) bool { return g == r.Allow })
		if a := y.as(others...).Do(r.Method, path, `{}`); a.Status != 403 || a.JSON["code"] != "access.denied" {
			t.Errorf("%s without %s: got %d %s, want 403", r.Name, r.Allow, a.Status, a.Body)
		}
	}
}
