package fleet

import (
	"fmt"
	"strings"
	"testing"
)

func TestACategoryIsKept(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	a := y.Want(201, "POST", "/v1/categories", `{"name":" Small SUV ","sort_order":10,"show_on_website":true,"attributes":{"seats":5,"bags":3,"transmission":"automatic","or_similar":true}}`)
	same(t, a.JSON, `{"name":"Small SUV","slug":"small-suv","sort_order":10,"show_on_website":true,"active":true,"version":1,
		"attributes":{"seats":5,"bags":3,"transmission":"automatic","or_similar":true},"created_at":"2026-03-01T09:00:00Z"}`)
	id := a.JSON["id"].(string)
	b := y.Want(200, "PATCH", "/v1/categories/"+id, `{"name":"Compact SUV","attributes":{"bags":null},"active":false}`, "If-Match", `"1"`)
	same(t, b.JSON, `{"name":"Compact SUV","slug":"small-suv","active":false,"attributes":{"seats":5,"transmission":"automatic","or_similar":true},"version":2}`)
	same(t, y.Want(200, "PATCH", "/v1/categories/"+id, `{"active":null}`).JSON, `{"active":true,"version":3}`)
	same(t, y.Want(200, "PATCH", "/v1/categories/"+id, `{"active":true,"slug":null}`).JSON, `{"slug":"small-suv","version":3}`)
	if got := y.Want(200, "GET", "/v1/categories/"+id, "").Header.Get("ETag"); got != `"3"` {
		t.Errorf("ETag: got %s", got)
	}
	y.Want(412, "DELETE", "/v1/categories/"+id, "", "If-Match", `"1"`)
	y.Want(412, "PATCH", "/v1/categories/"+id, `{"name":"x"}`, "If-Match", `"2"`)
	y.Want(204, "DELETE", "/v1/categories/"+id, "", "If-Match", `"3"`)
	y.Want(404, "GET", "/v1/categories/"+id, "")
	same(t, y.Want(201, "POST", "/v1/categories", `{"name":"Small SUV"}`).JSON, `{"slug":"small-suv"}`)
	same(t, y.Want(201, "POST", "/v1/categories", `{"name":"Small SUV"}`).JSON, `{"slug":"small-suv-2"}`)
	for range 10 {
		y.category("Small SUV")
	}
	same(t, y.Want(201, "POST", "/v1/categories", `{"name":"小型"}`).JSON, `{"name":"小型","slug":"category"}`)
}

func TestCategoriesAreInTheirOrder(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	for name, order := range map[string]int{"c": 1000, "a": 2, "b": 30} {
		y.Want(201, "POST", "/v1/categories", fmt.Sprintf(`{"name":%q,"sort_order":%d,"active":%t}`, name, order, name != "b"))
	}
	for query, want := range map[string]string{"": "a b c", "active=true": "a c", "active=false": "b"} {
		var got []string
		for _, id := range y.all("/v1/categories?limit=2&" + query) {
			got = append(got, y.Want(200, "GET", "/v1/categories/"+id, "").JSON["name"].(string))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, want %s", query, got, want)
		}
	}
}

func TestCategoriesHaveTwoLevels(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	top, other := y.category("Top"), y.category("Other")
	part := y.Want(201, "POST", "/v1/categories", `{"name":"Part","parent":"`+top+`"}`).JSON["id"].(string)
	if got := y.all("/v1/categories?parent=" + top); len(got) != 1 || got[0] != part {
		t.Errorf("the parts of top: got %v", got)
	}
	y.refused([]string{top, other, part}, []refusal{
		{"a third level", "POST", "/v1/categories", `{"name":"x","parent":"` + part + `"}`, 422, "category.levels", "parent"},
		{"a third level from above", "PATCH", "/v1/categories/" + top, `{"parent":"` + other + `"}`, 422, "category.levels", "parent"},
		{"a circle", "PATCH", "/v1/categories/" + top, `{"parent":"` + part + `"}`, 422, "category.levels", "parent"},
		{"a circle of one", "PATCH", "/v1/categories/" + top, `{"parent":"` + top + `"}`, 422, "category.parent", "parent"},
		{"a parent with parts", "DELETE", "/v1/categories/" + top, ``, 409, "category.has_subcategories", ""},
		{"a parent with parts", "POST", "/v1/categories/" + top + "/merge", `{"into":"` + other + `"}`, 409, "category.has_subcategories", ""},
	})
	y.Want(200, "PATCH", "/v1/categories/"+part, `{"parent":"`+other+`"}`)
	y.Want(200, "PATCH", "/v1/categories/"+top, `{"parent":"`+other+`"}`)
	y.Want(200, "PATCH", "/v1/categories/"+part, `{"parent":null}`)
	y.Want(204, "DELETE", "/v1/categories/"+top, "")
	y.Want(204, "DELETE", "/v1/categories/"+other, "")
}

func TestBadCategoriesAreRefused(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id, used := y.category("Sedan"), y.category("Van")
	asset := y.asset(`"categories":["` + used + `"]`)
	const nowhere = "cat_00000000000000000000000009"
	post := func(name, body string, status int, code, field string) refusal {
		return refusal{name, "POST", "/v1/categories", body, status, code, field}
	}
	patch := func(name, body string, status int, code, field string) refusal {
		return refusal{name, "PATCH", "/v1/categories/" + id, body, status, code, field}
	}
	y.refused([]string{id, used, asset}, []refusal{
		post("a list", `[]`, 422, "request.invalid", ""),
		post("no name", `{"slug":"x"}`, 422, "request.invalid", ""),
		post("an empty name", `{"name":"  "}`, 422, "category.name", "name"),
		post("a long name", `{"name":"`+strings.Repeat("x", 81)+`"}`, 422, "category.name", "name"),
		post("a name with a line break", `{"name":"a\nb"}`, 422, "category.name", "name"),
		post("a slug with capitals", `{"name":"x","slug":"Small"}`, 422, "category.slug", "slug"),
		post("a slug that ends in a hyphen", `{"name":"x","slug":"small-"}`, 422, "category.slug", "slug"),
		post("a slug that is taken", `{"name":"x","slug":"sedan"}`, 409, "category.slug_taken", "slug"),
		post("a parent there is not", `{"name":"x","parent":"`+nowhere+`"}`, 422, "category.parent", "parent"),
		post("a parent that is no id", `{"name":"x","parent":"sedan"}`, 422, "category.parent", "parent"),
		post("an order below zero", `{"name":"x","sort_order":-1}`, 422, "category.sort_order", "sort_order"),
		post("an order beyond a million", `{"name":"x","sort_order":1000001}`, 422, "category.sort_order", "sort_order"),
		post("an order as text", `{"name":"x","sort_order":"1"}`, 422, "request.invalid", "sort_order"),
		post("too many seats", `{"name":"x","attributes":{"seats":201}}`, 422, "category.attributes", "attributes.seats"),
		post("a transmission in words", `{"name":"x","attributes":{"transmission":"By Hand"}}`, 422, "category.attributes", "attributes.transmission"),
		post("an unknown attribute", `{"name":"x","attributes":{"wheels":4}}`, 422, "request.unknown_field", "attributes.wheels"),
		post("an unknown field", `{"name":"x","colour":"red"}`, 422, "request.unknown_field", "colour"),
		post("active as text", `{"name":"x","active":"yes"}`, 422, "request.invalid", "active"),
		post("a long description", `{"name":"x","description":"`+strings.Repeat("x", 2001)+`"}`, 422, "category.description", "description"),
		patch("no name", `{"name":null}`, 422, "category.name", "name"),
		patch("another's slug", `{"slug":"van"}`, 409, "category.slug_taken", "slug"),
		patch("a parent there is not", `{"parent":"`+nowhere+`"}`, 422, "category.parent", "parent"),
		patch("an unknown field", `{"assets":[]}`, 422, "request.unknown_field", "assets"),
		{"a category there is not", "PATCH", "/v1/categories/" + nowhere, `{"name":"x"}`, 404, "category.not_found", ""},
		{"a category there is not", "DELETE", "/v1/categories/" + nowhere, ``, 404, "category.not_found", ""},
		{"an asset's id", "GET", "/v1/categories/" + asset, ``, 404, "category.not_found", ""},
		{"one that is in use", "DELETE", "/v1/categories/" + used, ``, 409, "category.in_use", ""},
		{"a merge into nothing", "POST", "/v1/categories/" + id + "/merge", `{}`, 422, "request.invalid", ""},
		{"a merge into what is not there", "POST", "/v1/categories/" + id + "/merge", `{"into":"` + nowhere + `"}`, 422, "category.into", "into"},
		{"a merge into itself", "POST", "/v1/categories/" + id + "/merge", `{"into":"` + id + `"}`, 422, "category.into", "into"},
		{"a merge of what is not there", "POST", "/v1/categories/" + nowhere + "/merge", `{"into":"` + id + `"}`, 404, "category.not_found", ""},
	})
	if a := y.Do("DELETE", "/v1/categories/"+used, ""); !strings.Contains(a.Body, "1 asset is in this category") || !strings.Contains(a.Body, "/merge") {
		t.Errorf("the refusal has neither the count nor what to do: %s", a.Body)
	}
}

func TestAMergeMovesTheAssets(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	from, into, third := y.category("From"), y.category("Into"), y.category("Third")
	one := y.asset(`"categories":["` + from + `"]`)
	both := y.asset(`"categories":["` + from + `","` + into + `"],"primary_category":"` + from + `"`)
	old := y.asset(`"categories":["` + third + `","` + from + `"],"primary_category":"` + third + `"`)
	y.Want(200, "POST", "/v1/assets/"+old+"/archive", "")
	same(t, y.Want(200, "POST", "/v1/categories/"+from+"/merge", `{"into":"`+into+`"}`).JSON, `{"moved":3,"done":true}`)
	y.Want(404, "GET", "/v1/categories/"+from, "")
	for id, want := range map[string]string{
		one:  `{"categories":["` + into + `"],"primary_category":"` + into + `","version":2}`,
		both: `{"categories":["` + into + `"],"primary_category":"` + into + `","version":2}`,
		old:  `{"categories":["` + third + `","` + into + `"],"primary_category":"` + third + `","version":3,"status":"archived"}`,
	} {
		same(t, y.Want(200, "GET", "/v1/assets/"+id, "").JSON, want)
	}
}
