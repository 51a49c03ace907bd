package rest

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

const schemaPrefix = "#/components/schemas/"

// complete finishes the schemas of structs that embed unexported structs:
// encoding/json writes their fields, huma overlooks them.
func complete(schemas huma.Registry) {
	for done := map[string]bool{}; len(done) < len(schemas.Map()); {
		for _, name := range slices.Sorted(maps.Keys(schemas.Map())) {
			if !done[name] {
				done[name] = true
				s := schemas.Map()[name]
				if embedInto(schemas, s, schemas.TypeFromRef(schemaPrefix+name)) {
					s.PrecomputeMessages()
				}
			}
		}
	}
}

func embedInto(schemas huma.Registry, s *huma.Schema, t reflect.Type) (grew bool) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || s.Type != huma.TypeObject {
		return false
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.Anonymous || f.IsExported() || f.Type.Kind() != reflect.Struct || f.Tag.Get("json") != "" {
			continue
		}
		inner := huma.SchemaFromType(schemas, f.Type)
		embedInto(schemas, inner, f.Type)
		for name, property := range inner.Properties {
			if s.Properties == nil {
				s.Properties = map[string]*huma.Schema{}
			}
			if s.Properties[name] == nil { // a field of the outer struct hides one of the inner
				s.Properties[name] = property
				if slices.Contains(inner.Required, name) {
					s.Required = append(s.Required, name)
				}
			}
		}
		slices.Sort(s.Required)
		grew = true
	}
	return grew
}

// checkInput refuses an input whose parameters huma would overlook.
func checkInput(t reflect.Type, r string) {
	for i := range t.NumField() {
		if f := t.Field(i); f.Anonymous && !f.IsExported() {
			panic(fmt.Sprintf("api: %s: the input embeds %s, whose fields would not be read; export it", r, f.Name))
		}
	}
}

// loosen allows additional fields in everything that we only answer: a client
// must not break when an answer grows.
func loosen(d *huma.OpenAPI) {
	asked := map[string]bool{}
	for _, p := range d.Paths {
		for _, op := range []*huma.Operation{p.Get, p.Post, p.Put, p.Patch, p.Delete} {
			if op != nil && op.RequestBody != nil {
				for _, m := range op.RequestBody.Content {
					reach(d.Components.Schemas, m.Schema, asked)
				}
			}
		}
	}
	for name, s := range d.Components.Schemas.Map() {
		if !asked[name] && s.AdditionalProperties == false {
			s.AdditionalProperties = nil
		}
	}
}

// reach collects the names of the schemas that s refers to.
func reach(schemas huma.Registry, s *huma.Schema, names map[string]bool) {
	if s == nil {
		return
	}
	if name, ok := strings.CutPrefix(s.Ref, schemaPrefix); ok && !names[name] {
		names[name] = true
		reach(schemas, schemas.Map()[name], names)
	}
	reach(schemas, s.Items, names)
	for _, p := range s.Properties {
		reach(schemas, p, names)
	}
	if more, ok := s.AdditionalProperties.(*huma.Schema); ok {
		reach(schemas, more, names)
	}
}

// schemaNamer names a type as readers see it, with the folder that it comes
// from: WebhooksEndpointView, ListFleetAssetView. Types of this package, api and
// events keep their bare names.
func schemaNamer(area string) func(reflect.Type, string) string {
	return func(t reflect.Type, hint string) string {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		name := t.Name()
		if name == "" {
			return title(area) + title(huma.DefaultSchemaNamer(t, hint))
		}
		var b strings.Builder
		for i, part := range strings.FieldsFunc(name, func(c rune) bool { return strings.ContainsRune("[]*,", c) }) {
			pkg := t.PkgPath()
			if i > 0 {
				pkg, part = cutLast(part, ".")
			}
			_, folder := cutLast(pkg, "/")
			if folder != "api" && folder != "rest" && folder != "events" && folder != "" && !strings.HasPrefix(part, title(folder)) {
				b.WriteString(title(folder))
			}
			b.WriteString(title(part))
		}
		return b.String()
	}
}

func cutLast(s, sep string) (before, after string) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return "", s
	}
	return s[:i], s[i+len(sep):]
}

// title writes a name as one word with capitals: get_me as GetMe.
func title(s string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(s, "_") {
		if part != "" {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return b.String()
}
