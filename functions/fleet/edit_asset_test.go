package fleet

import (
	"strings"
	"testing"
)

func TestAnEditIsAMergePatch(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.asset(`"number":"7","year":2020,"rrp":{"minor":100,"currency":"AUD"},"tags":["a","b"],"custom_fields":{"k":"v","l":"w"},"registration":{"plate":"X 1","state":"NSW"}`)
	for _, tt := range []struct{ name, patch, want string }{
		{"what is absent stays", `{"colour":"red"}`, `{"colour":"red","number":"7","year":2020,"version":2}`},
		{"null clears", `{"colour":null,"year":null}`, `{"colour":null,"year":null,"number":"7","version":3}`},
		{"an object is merged", `{"registration":{"state":null,"expires":"2027-01-31"}}`, `{"registration":{"plate":"X 1","expires":"2027-01-31"},"version":4}`},
		{"null clears an object", `{"registration":null,"rrp":null}`, `{"registration":null,"rrp":null,"version":5}`},
		{"a list replaces the list", `{"tags":["c"]}`, `{"tags":["c"],"version":6}`},
		{"fields of one's own are merged", `{"custom_fields":{"k":null,"m":"x"}}`, `{"custom_fields":{"l":"w","m":"x"},"version":7}`},
		{"the same again is no change", `{"tags":["c"]}`, `{"version":7}`},
		{"nothing is no change", `{}`, `{"version":7}`},
		{"money in parts", `{"rrp":{"minor":5,"currency":"EUR"}}`, `{"rrp":{"minor":5,"currency":"EUR"},"version":8}`},
		{"a part of money", `{"rrp":{"minor":6}}`, `{"rrp":{"minor":6,"currency":"EUR"},"version":9}`},
	} {
		a := y.Do("PATCH", "/v1/assets/"+id, tt.patch)
		if a.Status != 200 {
			t.Fatalf("%s: got %d %s", tt.name, a.Status, a.Body)
		}
		t.Log(tt.name)
		same(t, a.JSON, tt.want)
	}
}

func TestBadEditsAreRefused(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	cat := y.category("Sedan")
	id := y.asset(`"vin":"ABC1","number":"7","categories":["` + cat + `"]`)
	gone := y.asset(`"number":"8"`)
	y.asset(`"vin":"ABC2","number":"9"`)
	y.Want(200, "POST", "/v1/assets/"+id+"/enable-booking", "")
	y.Want(200, "POST", "/v1/assets/"+gone+"/archive", "")
	patch := func(name, body string, status int, code, field string) refusal {
		return refusal{name, "PATCH", "/v1/assets/" + id, body, status, code, field}
	}
	y.refused([]string{id, gone, cat}, []refusal{
		{"an asset there is not", "PATCH", "/v1/assets/ast_00000000000000000000000099", `{"name":"x"}`, 404, "asset.not_found", ""},
		{"an id that is none", "PATCH", "/v1/assets/1", `{"name":"x"}`, 404, "asset.not_found", ""},
		{"a category's id", "PATCH", "/v1/assets/" + cat, `{"name":"x"}`, 404, "asset.not_found", ""},
		{"an archived asset", "PATCH", "/v1/assets/" + gone, `{"name":"x"}`, 409, "asset.archived", ""},
		patch("a list", `[]`, 422, "request.invalid", ""),
		patch("null", `null`, 422, "request.invalid", ""),
		patch("an unknown field", `{"wings":1}`, 422, "request.unknown_field", "wings"),
		patch("a field in capitals", `{"NAME":"x"}`, 422, "request.unknown_field", "NAME"),
		patch("a derived field", `{"version":9}`, 422, "request.unknown_field", "version"),
		patch("an unknown field inside", `{"rrp":{"vat":1}}`, 422, "request.unknown_field", "rrp.vat"),
		patch("no make", `{"make":null}`, 422, "asset.make", "make"),
		patch("no type", `{"type":""}`, 422, "asset.type", "type"),
		patch("a number as text", `{"seats":"5"}`, 422, "request.invalid", "seats"),
		patch("a list as text", `{"tags":"a"}`, 422, "request.invalid", "tags"),
		patch("null in a list", `{"tags":[null]}`, 422, "request.invalid", "tags[0]"),
		patch("a VIN with signs", `{"vin":"A B/C"}`, 422, "asset.vin", "vin"),
		patch("another's VIN", `{"vin":"abc2"}`, 409, "asset.vin_taken", "vin"),
		patch("another's number", `{"number":"9"}`, 409, "asset.number_taken", "number"),
		patch("a category there is not", `{"categories":["cat_00000000000000000000000009"],"primary_category":null}`, 422, "asset.categories", "categories[0]"),
		patch("no category while it can be booked", `{"categories":null,"primary_category":null}`, 409, "asset.no_category", "categories"),
		patch("a primary category it is not in", `{"primary_category":"cat_00000000000000000000000009"}`, 422, "asset.primary_category", "primary_category"),
		patch("half the money", `{"rrp":{"minor":5}}`, 422, "asset.rrp", "rrp"),
		patch("a day there is not", `{"disposal":{"date":"2026-13-01"}}`, 422, "request.invalid", "disposal.date"),
		patch("a control character", `{"name":"a\u0000b"}`, 422, "asset.name", "name"),
	})
}

func TestAStaleEditIsRefused(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.asset("")
	y.Want(200, "PATCH", "/v1/assets/"+id, `{"name":"first"}`, "If-Match", `"1"`)
	before := y.stored(id)
	for _, r := range []struct{ method, path, body string }{
		{"PATCH", "", `{"name":"second"}`},
		{"DELETE", "", ""},
		{"POST", "/archive", ""},
		{"POST", "/disable-booking", ""},
		{"POST", "/enable-booking", ""},
	} {
		if a := y.Do(r.method, "/v1/assets/"+id+r.path, r.body, "If-Match", `"1"`); a.Status != 412 || a.JSON["code"] != "asset.stale" {
			t.Errorf("%s %s at a version before: got %d %s, want 412", r.method, r.path, a.Status, a.Body)
		}
		if a := y.Do(r.method, "/v1/assets/"+id+r.path, r.body, "If-Match", `W/one`); a.Status != 422 || a.JSON["code"] != "request.if_match" {
			t.Errorf("%s %s with what is no ETag: got %d %s, want 422", r.method, r.path, a.Status, a.Body)
		}
	}
	if y.stored(id) != before {
		t.Error("a refused change was made")
	}
	a := y.Want(200, "PATCH", "/v1/assets/"+id, `{"name":"second"}`, "If-Match", `"2"`)
	if a.Header.Get("ETag") != `"3"` || !strings.Contains(a.Body, "second") {
		t.Errorf("got %s %s", a.Header.Get("ETag"), a.Body)
	}
}
