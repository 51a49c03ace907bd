package events_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"motorpool/events"
)

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
