package rest

import (
	"bytes"

	"github.com/danielgtaylor/huma/v2"
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
