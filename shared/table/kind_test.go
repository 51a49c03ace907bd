package table

import "testing"

func TestAKindKnowsItsForm(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		form, text string
		want       bool
	}{
		{"WS#w", "WS#wsp_1", true},
		{"WS#w", "WS#wsp_2", false},
		{"WS#w", "WS#wsp_1#KEY", false},
		{"WS#w", "WS#wsp_1#", false},
		{"WS#w", "WS", false},
		{"WS#w#WHE#*#DLV", "WS#wsp_1#WHE#whe_7#DLV", true},
		{"WS#w#WHE#*#DLV", "WS#wsp_1#WHE#whe_7", false},
		{"WS#w#WHE#*#DLV", "WS#wsp_1#WHE#whe_7#BODY", false},
		{"WS#w#WHE#*", "WS#wsp_1#WHE#whe_7#DLV", false},
		{"WS#w#**", "WS#wsp_1", true},
		{"WS#w#**", "WS#wsp_1#AST#a#b", true},
		{"WS#w#**", "WS#wsp_10", false},
		{"key_*", "key_1", true},
		{"key_*", "kez_1", false},
		{"key_*", "key_1#x", false},
		{"**", "x#y z", true},
		{"DOOR#KEY#*", "DOOR#KEY#0af", true},
		{"w", "wsp_1", true},
	} {
		if got := fits(tt.form, "wsp_1", tt.text); got != tt.want {
			t.Errorf("%s, %s: got %v", tt.form, tt.text, got)
		}
	}
}
