package api

import (
	"bytes"
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"motorpool/events"
)

// RawObject is a JSON object that is passed on byte for byte: key order, white
// space and large numbers as they came.
type RawObject []byte

// MarshalJSON passes it on.
func (o RawObject) MarshalJSON() ([]byte, error) {
	if len(o) == 0 {
		return []byte("{}"), nil
	}
	return o, nil
}

// UnmarshalJSON keeps the bytes.
func (o *RawObject) UnmarshalJSON(b []byte) error {
	*o = bytes.Clone(b)
	return nil
}

// Schema is any object.
func (RawObject) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}
}

// EventSchema is the JSON Schema (2020-12) of the envelope of a type of event,
// made of the Go types that write it. Fields that it does not name may be added:
// receivers must not mind.
func EventSchema(l events.Listing) (RawObject, error) {
	defs := huma.NewMapRegistry("#/$defs/", func(t reflect.Type, hint string) string { return huma.DefaultSchemaNamer(t, hint) })
	envelope := huma.SchemaFromType(defs, reflect.TypeFor[events.Envelope]())
	data := defs.Schema(reflect.TypeOf(l.Data), true, "Data")
	envelope.Properties["data"] = data
	envelope.Properties["type"] = &huma.Schema{Type: huma.TypeString, Enum: []any{l.Type}}
	for _, s := range append(mapped(defs), envelope) {
		if s.AdditionalProperties == false {
			s.AdditionalProperties = nil
		}
	}
	envelope.Title, envelope.Description = l.Type, l.Description
	envelope.Extensions = map[string]any{"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": defs.Map()}
	return json.Marshal(envelope)
}

func mapped(r huma.Registry) (all []*huma.Schema) {
	for _, s := range r.Map() {
		all = append(all, s)
	}
	return all
}
