package table

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"motorpool/shared/fault"
)

// Conflict reports that the condition of the op at index Op did not hold.
// It unwraps to a fault.Conflict, so callers that do not care which op it was
// need not know this type.
type Conflict struct {
	Op  int
	Key Key
}

func (c *Conflict) Error() string {
	return fmt.Sprintf("table: op %d: condition failed at %s / %s", c.Op, c.Key.PK, c.Key.SK)
}

// Unwrap gives the fault that people see.
func (c *Conflict) Unwrap() error {
	return fault.New(fault.Conflict, "table.changed", "Someone else changed this at the same moment. Reload it and try again.")
}

// NotFound is what Get returns when nothing is stored at k. Services replace it
// with words of their own; its message names no key because it may reach people.
func NotFound(k Key) error {
	return fault.New(fault.NotFound, "not_found", "There is no such thing here.").
		Because(fmt.Errorf("nothing at %s / %s", k.PK, k.SK))
}

// Validate applies the limits that hold in every adapter. Adapters call it
// first, so a write that one of them would refuse is refused by all.
func Validate(ops []Op) error {
	if n := len(ops); n == 0 || n > MaxOps {
		return fault.New(fault.Invalid, "table.ops", "A write has 1 to %d ops, not %d.", MaxOps, n)
	}
	total := 0
	for i := range ops {
		if err := validate(i, &ops[i]); err != nil {
			return err
		}
		total += ops[i].Item.bytes()
	}
	if total > MaxWriteBytes {
		return fault.New(fault.Invalid, "table.size", "A write of %d bytes; %d is the most.", total, MaxWriteBytes)
	}
	if i := twice(ops); i >= 0 {
		k := ops[i].Item.Key
		return fault.New(fault.Invalid, "table.twice", "Op %d: %s / %s is written twice.", i, k.PK, k.SK)
	}
	return nil
}

func validate(i int, op *Op) error {
	it := &op.Item
	switch {
	case op.Kind < OpPut || op.Kind > OpCheck:
		return fault.New(fault.Invalid, "table.kind", "Op %d: there is no kind %d.", i, op.Kind)
	case !it.Key.Valid():
		return fault.New(fault.Invalid, "table.key", "Op %d: a key has two parts of valid UTF-8, no NUL, at most %d and %d bytes.", i, MaxPKBytes, MaxSKBytes)
	case it.Index != (Key{}) && !it.Index.Valid():
		return fault.New(fault.Invalid, "table.key", "Op %d: an index key is empty or as good as a key.", i)
	case it.Version < 0:
		return fault.New(fault.Invalid, "table.version", "Op %d: a version is zero or more.", i)
	case len(it.Doc) > MaxItemBytes:
		return fault.New(fault.Invalid, "table.size", "Op %d: a document of %d bytes; %d is the most.", i, len(it.Doc), MaxItemBytes)
	case !utf8.Valid(it.Doc):
		return fault.New(fault.Invalid, "table.text", "Op %d: a document is valid UTF-8.", i)
	}
	return nil
}

// twice returns the first op whose key an earlier one has, or -1.
func twice(ops []Op) int {
	if len(ops) <= 8 { // nearly always; and then a map costs more
		for i := range ops {
			for j := range i {
				if ops[i].Item.Key == ops[j].Item.Key {
					return i
				}
			}
		}
		return -1
	}
	seen := make(map[Key]struct{}, len(ops))
	for i := range ops {
		k := ops[i].Item.Key
		if _, is := seen[k]; is {
			return i
		}
		seen[k] = struct{}{}
	}
	return -1
}

// bytes is about what DynamoDB counts.
func (it *Item) bytes() int {
	return len(it.Key.PK) + len(it.Key.SK) + len(it.Index.PK) + len(it.Index.SK) + len(it.Doc)
}

// Valid reports whether an item can be stored at k, in any adapter.
func (k Key) Valid() bool {
	return k.PK != "" && k.SK != "" && len(k.PK) <= MaxPKBytes && len(k.SK) <= MaxSKBytes && plain(k.PK) && plain(k.SK)
}

func plain(s string) bool { return strings.IndexByte(s, 0) < 0 && utf8.ValidString(s) }
