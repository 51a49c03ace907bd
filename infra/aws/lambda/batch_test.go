package lambda

import (
	"encoding/json"
	"testing"
)

// TestWhatWasMovedInIsNotPublishedAgain: the stream's filter holds it back, and
// so does the function, if something reads the stream without the filter.
func TestWhatWasMovedInIsNotPublishedAgain(t *testing.T) {
	t.Parallel()
	var in streamEvent
	err := json.Unmarshal([]byte(`{"Records":[
		{"eventName":"INSERT","dynamodb":{"NewImage":{"PK":{"S":"WS#w#AST#a"},"SK":{"S":"EVENT#old"},"V":{"N":"1"},"D":{"S":"{}"},"M":{"S":"1"}}}},
		{"eventName":"INSERT","dynamodb":{"NewImage":{"PK":{"S":"WS#w#AST#a"},"SK":{"S":"EVENT#new"},"V":{"N":"1"},"D":{"S":"{}"}}}}
	]}`), &in)
	if err != nil {
		t.Fatal(err)
	}
	got, err := in.records()
	if err != nil || len(got) != 1 || got[0].SK != "EVENT#new" {
		t.Errorf("got %+v, %v; want the new event alone", got, err)
	}
}
