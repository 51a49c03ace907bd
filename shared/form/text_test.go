package form

import (
	"strings"
	"testing"
)

func TestTextsShowAllThatIsInThem(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text  string
		line, lines bool
	}{
		{"plain", "Ana-María O’Neill", true, true},
		{"lines", "one\r\ntwo\tthree", false, true},
		{"bell", "a\x07", false, false},
		{"not UTF-8", "a\xff", false, false},
		{"direction overridden", "\u202eevil", false, false},
		{"direction isolated", "\u2066live\u2069", false, false},
		{"a mark of direction", "a\u200fb", false, false},
		{"a space of no width", "Ana\u200b", false, false},
		{"a byte order mark", "\ufeffAna", false, false},
		{"a soft hyphen", "Mel\u00adbourne", false, false},
		{"tags", "Ana\U000e0041", false, false},
		{"a line separator", "a\u2028b", false, false},
		{"a letter that is blank", "\u3164", false, false},
		{"Persian with a non-joiner", "می\u200cخواهم", true, true},
		{"Sinhala with a joiner", "ශ්\u200dරී", true, true},
		{"a family of joined emoji", "👨\u200d👩\u200d👧", true, true},
		{"a joiner alone", "\u200d", false, false},
		{"a joiner after a space", "Ana \u200dLee", false, false},
		{"two joiners", "Ana\u200d\u200dLee", false, false},
		{"a joiner on the second line", "one\n\u200ctwo", false, false},
		{"Hebrew", "דנה כהן", true, true},
		{"an Arabic sign of a number", "\u0600١٢", true, true},
	} {
		if got := Line(tt.text); got != tt.line {
			t.Errorf("%s: Line(%+q) is %t", tt.name, tt.text, got)
		}
		if got := Lines(tt.text); got != tt.lines {
			t.Errorf("%s: Lines(%+q) is %t", tt.name, tt.text, got)
		}
		short, long := tt.text, tt.text
		a, b := &Complaints{Noun: "x"}, &Complaints{Noun: "x"}
		a.Text("short", &short, 100)
		b.Text("long", &long, 500)
		if (a.Err() == nil) != tt.line || (b.Err() == nil) != tt.lines {
			t.Errorf("%s: as a text it is %v, as a long one %v", tt.name, a.Err(), b.Err())
		}
		if a.Err() != nil && !strings.Contains(a.Err().Error(), "cannot be seen") {
			t.Errorf("%s: %v", tt.name, a.Err())
		}
	}
}
