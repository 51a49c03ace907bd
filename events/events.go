// Package events is what the product says to the outside: one event per file,
// with an example beside it that is its documentation and its test in one.
//
// It imports nothing of ours; everything may import it. A field is never renamed
// or removed: a different meaning is a new event.
package events

import (
	"bytes"
	"encoding/json"
	"time"
)

// APIVersion dates the shape of envelopes and objects.
const APIVersion = "2026-11-01"

// MaxEnvelopeBytes is the largest envelope that is delivered. An event whose
// envelope would be larger carries a link instead of the object.
const MaxEnvelopeBytes = 256 << 10

// Event is a fact: it has happened. Type is its name for ever: "asset.created".
// Its JSON is the envelope's "data": an object with "object" and, where
// something changed, "previous" with the changed fields' old values.
type Event interface {
	Type() string
}

// Actor is who made it happen.
type Actor struct {
	Type string `json:"type" enum:"user,api_key,system" doc:"Who: a person, an API client, or Motorpool itself"`
	ID   string `json:"id,omitempty" doc:"The person's or key's identifier"`
	Name string `json:"name,omitempty" doc:"What people call them"`
}

// Envelope is what subscribers receive. Data is kept byte for byte.
type Envelope struct {
	ID         string          `json:"id"`
	Type       string          `json:"type"`
	OccurredAt time.Time       `json:"occurred_at"`
	Workspace  string          `json:"workspace"`
	APIVersion string          `json:"api_version"`
	Actor      Actor           `json:"actor"`
	Data       json.RawMessage `json:"data"`
}

// Encode writes the envelope as subscribers receive it. Unlike json.Marshal it
// leaves the bytes of Data alone: key order, white space and numbers as given.
func (e Envelope) Encode() ([]byte, error) {
	data := e.Data
	e.Data = json.RawMessage("0")
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(e); err != nil {
		return nil, err
	}
	head := bytes.TrimSuffix(b.Bytes(), []byte("0}\n"))
	return append(append(bytes.Clone(head), data...), '}'), nil
}

// Listing describes one type of event in the catalogue.
type Listing struct {
	Type        string          // "asset.created"
	Category    string          // "assets": the group in which people find it
	Description string          // one sentence, past tense
	Data        Event           // a zero value: its Go type makes the JSON Schema of "data"
	Example     json.RawMessage // the example beside its Go file, a whole envelope
}

// Marshal encodes v as data of an envelope: without escaping HTML, no newline.
func Marshal(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
