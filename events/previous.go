package events

import (
	"encoding/json"
	"reflect"
)

// Previous holds the old values of the fields that changed, by name; null where
// there was none.
type Previous map[string]any

// Differences returns the old values of the fields in which two objects differ.
// That something changed, and when, is no difference of its own: version and
// updated_at are left out.
func Differences(was, is any) Previous {
	old, now, changed := fields(was), fields(is), Previous{}
	for name := range now {
		if _, ok := old[name]; !ok {
			old[name] = nil
		}
	}
	for name, value := range old {
		if name != "version" && name != "updated_at" && !reflect.DeepEqual(value, now[name]) {
			changed[name] = value
		}
	}
	return changed
}

// fields is an object as JSON has it. Objects of events always encode.
func fields(v any) map[string]any {
	b, _ := json.Marshal(v)
	var f map[string]any
	_ = json.Unmarshal(b, &f)
	return f
}
