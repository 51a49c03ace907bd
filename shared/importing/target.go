package importing

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Target is a noun that takes rows, under the name of Import.Kind.
type Target interface {
	// Grant is what an actor must hold.
	Grant() access.Grant

	// Fields lists what a row may say.
	Fields() []Field

	// Begin returns what takes the rows of one page for the actor. A dry one
	// changes nothing, and refuses what would be refused.
	Begin(ctx context.Context, actor access.Actor, dry bool, at time.Time) (Taker, error)
}

// Taker takes rows. It is safe for concurrent use.
type Taker interface {
	// Take does what the row says, together with the ops that also makes of what
	// becomes of it; if nothing changes, also is not asked. A fault of kind
	// Invalid, Conflict, Denied or NotFound refuses the row, and names fields;
	// anything else fails the page, to be done again.
	Take(ctx context.Context, r Record, also func(Taken) ([]table.Op, error)) (Taken, error)
}

// Taken is what became of a row that was taken.
type Taken struct {
	Outcome  Outcome
	Object   string
	Warnings []string
}

// Record is a row by its fields. What is in neither is left as it is.
type Record struct {
	Set   map[string]string
	Clear map[string]bool
}

// Field is something that a row may say.
type Field struct {
	Name     string   // "home_location"
	Label    string   // for people
	Hint     string   // what is taken
	Aliases  []string // other names by which a header may call it
	Required bool     // of a new one
	Unique   bool     // no two rows may say the same
	Key      bool     // says which one the row is about; it must be mapped
	Open     bool     // Name is the beginning of names: "custom_fields."
}

// find returns the field of a target with this name.
func find(t Target, name string) (Field, bool) {
	for _, f := range t.Fields() {
		if f.Name == name || f.Open && strings.HasPrefix(name, f.Name) && len(name) > len(f.Name) {
			return f, true
		}
	}
	return Field{}, false
}

// same is a column's name as it is compared: letters and digits only.
func same(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// guess proposes a field for each column: what was said the last time, or else
// by its name. No field is proposed twice.
func guess(t Target, header []string, known map[string]string) []string {
	out, used := make([]string, len(header)), map[string]bool{"": true}
	propose := func(n int, name string) {
		if _, ok := find(t, name); ok && out[n] == "" && !used[name] {
			out[n], used[name] = name, true
		}
	}
	for n, h := range header {
		propose(n, known[same(h)])
	}
	for n, h := range header {
		if _, said := known[same(h)]; said || same(h) == "" {
			continue // left out the last time, on purpose
		}
		for _, f := range t.Fields() {
			if f.Open {
				propose(n, openName(f, h))
			} else if slices.ContainsFunc(append([]string{f.Name, f.Label}, f.Aliases...), func(a string) bool { return same(a) == same(h) }) {
				propose(n, f.Name)
			}
		}
	}
	return out
}

// openName is what a header names of an open field: "custom_fields.depot".
func openName(f Field, header string) string {
	if h := strings.ToLower(header); strings.HasPrefix(h, f.Name) {
		return h
	}
	return ""
}

// mapped checks a mapping of the columns of header.
func mapped(t Target, header, mapping []string) error {
	if len(mapping) != len(header) {
		return fault.New(fault.Invalid, "import.columns", "Name a field for each of the %d columns; an empty name leaves one out.", len(header)).At("columns")
	}
	used := map[string]int{}
	for n, name := range mapping {
		at := "columns[" + itoa(n) + "]"
		if name == "" {
			continue
		}
		if _, ok := find(t, name); !ok {
			return fault.New(fault.Invalid, "import.field", "There is no field %.60q. GET /v1/imports/fields lists them.", name).At(at)
		}
		if first, twice := used[name]; twice {
			return fault.New(fault.Invalid, "import.field_twice", "%q and %q cannot both be %s. Leave one of them out.", header[first], header[n], name).At(at)
		}
		used[name] = n
	}
	for _, f := range t.Fields() {
		if _, ok := used[f.Name]; f.Key && !ok {
			return fault.New(fault.Invalid, "import.key", "Say which column is the %s: it tells which one each row is about.", f.Label).At("columns")
		}
	}
	return nil
}
