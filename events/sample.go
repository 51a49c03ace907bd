package events

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
)

// Sample reads the example back into its type, refusing fields that the type
// does not have. It is what a test send sends.
func (l Listing) Sample() (Event, Envelope, error) {
	var env Envelope
	if err := strictly(l.Example, &env); err != nil {
		return nil, env, fmt.Errorf("events: example of %s: %w", l.Type, err)
	}
	data := reflect.New(reflect.TypeOf(l.Data))
	if err := strictly(env.Data, data.Interface()); err != nil {
		return nil, env, fmt.Errorf("events: data of the example of %s: %w", l.Type, err)
	}
	return data.Elem().Interface().(Event), env, nil
}

func strictly(doc []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.DisallowUnknownFields()
	return dec.Decode(into)
}
