package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"motorpool/functions/settings"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

var documented = slices.Concat(things, settings.Routes)

// TestDocumentIsWhole checks what a reader of an OpenAPI document relies on:
// every route is there once, under a name of its own, with its parameters, its
// errors and its security; and whatever is referred to exists.
func TestDocumentIsWhole(t *testing.T) {
	b, err := rest.Document(documented)
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			Summary     string
			Tags        []string
			Security    []map[string][]string
			Parameters  []map[string]any
			Responses   map[string]map[string]any
		}
	}
	if err := json.Unmarshal(b, &d); err != nil || d.OpenAPI != "3.1.0" {
		t.Fatalf("%q: %v", d.OpenAPI, err)
	}
	seen, n := map[string]bool{}, 0
	for path, ops := range d.Paths {
		for method, op := range ops {
			n++
			r := documented[slices.IndexFunc(documented, func(r api.Route) bool { return r.Name == op.OperationID })]
			if seen[op.OperationID] || r.Path != path || !strings.EqualFold(r.Method, method) || len(op.Tags) != 1 || len(op.Security) != 1 {
				t.Errorf("%s %s: %+v", method, path, op)
			}
			seen[op.OperationID] = true
			for _, status := range []string{"400", "401", "422", "429", "500", fmt.Sprint(max(r.Status, 200))} {
				if op.Responses[status] == nil {
					t.Errorf("%s does not document %s", r.Name, status)
				}
			}
			for name := range regexp.MustCompile(`\{(\w+)\}`).FindAllString(path, -1) {
				if !slices.ContainsFunc(op.Parameters, func(p map[string]any) bool { return p["in"] == "path" && p["required"] == true }) {
					t.Errorf("%s does not document path parameter %v", r.Name, name)
				}
			}
		}
	}
	if n != len(documented) {
		t.Errorf("%d operations for %d routes", n, len(documented))
	}
	var whole any
	_ = json.Unmarshal(b, &whole)
	refs(t, whole, whole)
}

func refs(t *testing.T, root, v any) {
	switch v := v.(type) {
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok {
			at := root
			for part := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
				m, _ := at.(map[string]any)
				at = m[part]
			}
			if at == nil {
				t.Errorf("nothing at %s", ref)
			}
		}
		for _, inner := range v {
			refs(t, root, inner)
		}
	case []any:
		for _, inner := range v {
			refs(t, root, inner)
		}
	}
}

// TestAnswersMayGrow: a client that checks answers against the document must
// not break when an answer gets a field; a request with an unknown field is
// refused.
func TestAnswersMayGrow(t *testing.T) {
	b, _ := rest.Document(settings.Routes)
	var d struct {
		Components struct{ Schemas map[string]map[string]any }
	}
	_ = json.Unmarshal(b, &d)
	for name, closed := range map[string]bool{"SettingsCreateKeyInputBody": true, "SettingsInviteUserInputBody": true, "SettingsKeyView": false, "SettingsCreateKeyOutput": false, "Problem": false} {
		if _, is := d.Components.Schemas[name]["additionalProperties"]; is != closed || d.Components.Schemas[name] == nil {
			t.Errorf("%s: %v", name, d.Components.Schemas[name]["additionalProperties"])
		}
	}
	properties := d.Components.Schemas["SettingsCreateKeyOutput"]["properties"].(map[string]any)
	if properties["id"] == nil || properties["key"] == nil {
		t.Errorf("an answer that embeds another lacks its fields: %v", properties)
	}
}

func TestWhatCannotBeDocumentedIsAnError(t *testing.T) {
	raw := api.Route{Name: "x.raw", Method: "GET", Path: "/v1/raw", Handle: api.Raw(func(http.ResponseWriter, *http.Request, *api.Call) {})}
	if _, err := rest.Document([]api.Route{raw}); err == nil || !strings.Contains(err.Error(), "x.raw") {
		t.Errorf("got %v", err)
	}
	if _, err := rest.Document([]api.Route{listThings, listThings}); err == nil || !strings.Contains(err.Error(), "things.list") {
		t.Errorf("got %v", err)
	}
}
