package events_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"motorpool/events"
)

var update = flag.Bool("update", false, "write the schemas")

// TestTheSchemasAreThoseOfTheTypes: they are written down, and this is where.
func TestTheSchemasAreThoseOfTheTypes(t *testing.T) {
	t.Parallel()
	for _, l := range events.Catalogue() {
		path := filepath.Join("schemas", strings.ReplaceAll(l.Type, ".", "_")+".json")
		want, err := json.MarshalIndent(schemaOf(l), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if want = append(want, '\n'); *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if !bytes.Equal(l.Schema(), want) {
			t.Errorf("%s is not what the Go types say: make golden", path)
		}
	}
}

// schemaOf is the schema of an envelope that carries l.
func schemaOf(l events.Listing) *huma.Schema {
	defs := huma.NewMapRegistry("#/$defs/", func(t reflect.Type, hint string) string { return huma.DefaultSchemaNamer(t, hint) })
	envelope := huma.SchemaFromType(defs, reflect.TypeFor[events.Envelope]())
	envelope.Properties["data"] = defs.Schema(reflect.TypeOf(l.Data), true, "Data")
	envelope.Properties["type"] = &huma.Schema{Type: huma.TypeString, Enum: []any{l.Type}}
	for _, s := range append(slices.Collect(maps.Values(defs.Map())), envelope) {
		if s.AdditionalProperties == false {
			s.AdditionalProperties = nil
		}
	}
	envelope.Title, envelope.Description = l.Type, l.Description
	envelope.Extensions = map[string]any{"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": defs.Map()}
	return envelope
}

// TestExamplesFitTheirSchemas holds the schema that subscribers are given
// against the example beside it.
func TestExamplesFitTheirSchemas(t *testing.T) {
	t.Parallel()
	for _, l := range events.Catalogue() {
		schemas := huma.NewMapRegistry("#/", huma.DefaultSchemaNamer)
		schema := schemas.Schema(reflect.TypeOf(l.Data), false, "")
		_, env, err := l.Sample()
		if err != nil {
			t.Fatal(err)
		}
		var data any
		if err := json.Unmarshal(env.Data, &data); err != nil {
			t.Fatal(err)
		}
		res := &huma.ValidateResult{}
		huma.Validate(schemas, schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, data, res)
		for _, err := range res.Errors {
			t.Errorf("the example of %s: %v", l.Type, err)
		}
		if len(schema.Properties) == 0 || schema.Properties["object"] == nil {
			t.Errorf("the schema of %s describes no object", l.Type)
		}
	}
}
