package fleet

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestAssetsAreListed(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	suv, sedan := y.category("SUV"), y.category("Sedan")
	small := y.Want(201, "POST", "/v1/categories", `{"name":"Small SUV","parent":"`+suv+`"}`).JSON["id"].(string)
	name := map[string]string{}
	for title, say := range map[string]string{
		"ten":  `"number":"C-10","categories":["` + suv + `"],"tags":["x"]`,
		"two":  `"number":"c 2","categories":["` + small + `"],"vin":"1HGCM82633A004352"`,
		"van":  `"type":"van","make":"Ford","registration":{"plate":"1HG 77"},"categories":["` + sedan + `"]`,
		"bare": ``,
		"old":  `"number":"C-1","categories":["` + sedan + `"]`,
	} {
		name[y.asset(strings.Replace(say, `"type":"van","make":"Ford",`, ``, 1))] = title
	}
	byName := map[string]string{}
	for id, title := range name {
		byName[title] = id
	}
	y.Want(200, "PATCH", "/v1/assets/"+byName["van"], `{"type":"van","make":"Ford"}`)
	y.Want(200, "POST", "/v1/assets/"+byName["two"]+"/enable-booking", "")
	y.Want(200, "POST", "/v1/assets/"+byName["old"]+"/archive", "")
	for query, want := range map[string]string{
		"":                                "bare ten two van",
		"status=archived":                 "old",
		"status=available":                "two",
		"status=unavailable":              "bare ten van",
		"booking_enabled=true":            "two",
		"booking_enabled=false&tag=x":     "ten",
		"type=van":                        "van",
		"make=ford":                       "van",
		"tag=x":                           "ten",
		"category=" + suv:                 "ten two",
		"category=" + small:               "two",
		"category=" + sedan:               "van",
		"q=c":                             "ten two",
		"q=1hg":                           "two van",
		"q=1-hgc":                         "two",
		"q=c1":                            "ten",
		"q=c1&status=archived":            "old",
		"q=c&category=" + small:           "two",
		"q=%2D%2D":                        "",
		"sort=number&category=" + suv:     "ten two",
		"category=" + sedan + "&type=car": "",
	} {
		var got []string
		for _, id := range y.all("/v1/assets?limit=2&" + query) {
			got = append(got, name[id])
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, want %s", query, got, want)
		}
	}
	var order []string
	for _, id := range y.all("/v1/assets?limit=1&sort=number") {
		order = append(order, name[id])
	}
	if got := strings.Join(order[:2], " "); got != "two ten" || len(order) != 4 {
		t.Errorf("by number: got %v, want two before ten, then the others", order)
	}
	for _, bad := range []string{"limit=0", "limit=201", "limit=x", "status=sold", "sort=colour", "booking_enabled=maybe", "category=cat_x", "cursor=x", "q=" + strings.Repeat("x", 101)} {
		if a := y.Do("GET", "/v1/assets?"+bad, ""); a.Status != 422 {
			t.Errorf("%s: got %d %s, want 422", bad, a.Status, a.Body)
		}
	}
}

// all is every id of a list, page by page, and no id twice.
func (y *yard) all(path string) (ids []string) {
	y.t.Helper()
	cursor := ""
	for {
		page := y.Want(200, "GET", path+cursor, "")
		for _, v := range page.JSON["data"].([]any) {
			id := v.(map[string]any)["id"].(string)
			if slices.Contains(ids, id) {
				y.t.Errorf("%s: %s comes twice", path, id)
			}
			ids = append(ids, id)
		}
		next, more := page.JSON["next_cursor"].(string)
		if !more {
			return ids
		}
		cursor = fmt.Sprintf("&cursor=%s", next)
	}
}
