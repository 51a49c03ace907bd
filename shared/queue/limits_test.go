package queue_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"motorpool/shared/fault"
	"motorpool/shared/queue"
)

// FuzzValidate holds what is accepted against what SQS documents: XML's
// characters in the body, visible ASCII in the group.
func FuzzValidate(f *testing.F) {
	f.Add("whe_1", `{"a":[1,"é 漢 🚗"]}`)
	f.Add("a b", `1`)
	f.Add("", "\"\uffff\"")
	f.Add("~", "\"\xff\"")
	f.Fuzz(func(t *testing.T, group, body string) {
		err := queue.Validate([]queue.Message{{Group: group, Body: json.RawMessage(body)}})
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatalf("got %v, want fault.Invalid", err)
			}
			return
		}
		odd := func(r rune) bool {
			return r < ' ' && !strings.ContainsRune("\t\n\r", r) || r == 0xFFFE || r == 0xFFFF
		}
		if !json.Valid([]byte(body)) || !utf8.ValidString(body) || strings.ContainsFunc(body, odd) {
			t.Errorf("accepted the body %q", body)
		}
		if group == "" || len(group) > queue.MaxGroup || strings.ContainsFunc(group, func(r rune) bool { return r <= ' ' || r > '~' }) {
			t.Errorf("accepted the group %q", group)
		}
	})
}
