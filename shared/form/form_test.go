package form

import (
	"errors"
	"strings"
	"testing"

	"motorpool/shared/fault"
	"motorpool/shared/money"
)

func TestAFormHearsOfAllThatIsWrong(t *testing.T) {
	t.Parallel()
	c := &Complaints{Noun: "issue"}
	name, note, short := " a\x07 ", " one\ntwo ", "one\ntwo"
	empty := "  "
	c.Text("photos[2].name", &name, 10)
	c.Text("note", &note, 500)
	c.Text("vendor", &short, 100)
	c.Needed("title", &empty, 100)
	c.OneOf("type", "x", []string{"a", "b"})
	c.Between("odometer", -1, 0, 9)
	c.Cost("estimated_cost", money.Amount{Minor: -1, Currency: "AUD"})
	c.Cost("actual_cost", money.Amount{Minor: 1, Currency: "XXY"})
	c.Cost("cost", money.Amount{})
	wrong, ok := errors.AsType[*fault.Error](c.Err())
	if !ok || wrong.Code != "issue.photos" || wrong.Kind != fault.Invalid {
		t.Fatalf("got %v", c.Err())
	}
	var fields []string
	for _, f := range wrong.Fields {
		fields = append(fields, f.Name)
	}
	if got := strings.Join(fields, " "); got != "photos[2].name vendor title type odometer estimated_cost actual_cost" {
		t.Errorf("got %s", got)
	}
	if note != "one\ntwo" {
		t.Errorf("a note became %q", note)
	}
}

func TestNothingWrongIsNoError(t *testing.T) {
	t.Parallel()
	c := &Complaints{Noun: "issue"}
	s := "fine"
	c.Needed("title", &s, 4)
	c.OneOf("type", "a", []string{"a"})
	c.Between("n", 3, 3, 3)
	if err := c.Err(); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestAFormWithWordsOfItsOwn(t *testing.T) {
	t.Parallel()
	c := &Complaints{Noun: "role", Words: "This role cannot be kept; see errors."}
	lines := "one\ntwo"
	c.Lines("address", &lines, 300)
	c.Add("grants[1]", "Name each permission once.")
	wrong, ok := errors.AsType[*fault.Error](c.Err())
	if !ok || wrong.Code != "role.invalid" || wrong.Message != "This role cannot be kept; see errors." {
		t.Errorf("got %v", c.Err())
	}
	if len(wrong.Fields) != 1 || wrong.Fields[0].Name != "grants[1]" {
		t.Errorf("got %v", wrong.Fields)
	}
}
