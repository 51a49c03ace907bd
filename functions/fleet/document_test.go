package fleet

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"motorpool/events"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// TestPatchesAreDocumented looks at what a reader of the API sees of a PATCH:
// each field of the thing, none of them required, at any depth.
func TestPatchesAreDocumented(t *testing.T) {
	t.Parallel()
	doc, err := rest.Document(Routes)
	if err != nil {
		t.Fatal(err)
	}
	type schema struct {
		Required             []string
		Properties           map[string]schema
		AdditionalProperties any
		Ref                  string `json:"$ref"`
	}
	var d struct {
		Paths map[string]map[string]struct {
			RequestBody struct {
				Content map[string]struct{ Schema schema }
			}
		}
		Components struct{ Schemas map[string]schema }
	}
	if err := json.Unmarshal(doc, &d); err != nil {
		t.Fatal(err)
	}
	for path, thing := range map[string]string{"/v1/assets/{id}": "FleetAssetDetails", "/v1/categories/{id}": "FleetCategoryDetails"} {
		var patch schema
		for _, body := range d.Paths[path]["patch"].RequestBody.Content {
			patch = body.Schema
		}
		whole := d.Components.Schemas[thing]
		if len(patch.Properties) == 0 || len(patch.Properties) != len(whole.Properties) || len(patch.Required) != 0 || len(whole.Required) == 0 || patch.AdditionalProperties != false {
			t.Errorf("%s: got %+v for %+v", path, patch, whole)
		}
	}
	rrp := d.Paths["/v1/assets/{id}"]["patch"].RequestBody.Content["application/json"].Schema.Properties["rrp"]
	if len(rrp.Properties) != 2 || len(rrp.Required) != 0 {
		t.Errorf("rrp: got %+v", rrp)
	}
}

func TestRoutesAreSortedAndSayWhatTheyRaise(t *testing.T) {
	t.Parallel()
	if !slices.IsSortedFunc(Routes, func(a, b api.Route) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("the routes are not sorted by name")
	}
	var about strings.Builder
	for _, r := range Routes {
		about.WriteString(r.About)
	}
	for _, l := range events.Catalogue() {
		if l.Type == "asset.imported" {
			continue // by imports, and said there
		}
		if (l.Category == "assets" || l.Category == "categories") && !strings.Contains(about.String(), "`"+l.Type+"`") {
			t.Errorf("no route says that it raises %s", l.Type)
		}
	}
}
