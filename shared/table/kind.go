package table

import (
	"encoding/json"
	"strings"
)

// A Kind is what a noun says of the items it stores under keys of one form, for
// who handles everything that is stored without knowing the business: who moves
// a workspace into another house. Every item that the product stores is of
// exactly one kind.
//
// A form is a key whose parts lie between the #. The part w is the workspace, a
// part that ends with * is any that begins so, and ** is all the rest, or none:
// WS#w#WHE#*#DLV, AUDIT#*, WS#w#**.
type Kind struct {
	Name   string // for people: "webhook delivery"
	PK, SK string // its form

	Owner  func(Item) string // of a door, outside of every workspace: whose it is
	Stays  string            // why it stays behind in a move; empty: it moves
	Last   int               // moves after everything with less; zero: while nobody can see the workspace yet
	Told   bool              // the stream or feed tells of it; what has been told elsewhere is not told again
	Work   bool              // something may have to be done about it where it arrives
	Passes bool              // may be gone or changed once that is done, and is not compared

	Sealed string                                         // the top-level member of Doc that holds what a box sealed, in base64
	Bound  func(Key) string                               // where that belongs, as the box was told
	Carry  func(json.RawMessage) (json.RawMessage, error) // makes of Doc what moves, if that is not Doc itself
}

// The last things to move, in this order. From the first of them on the product
// can work with the workspace where it arrives.
const (
	LastSelf  = iota + 1 // the workspace itself
	LastDoors            // what lets people and programs in
	LastNews             // events of which nobody was told yet
)

// Fits reports whether an item of the workspace with this key is of kind k.
func (k *Kind) Fits(workspace string, at Key) bool {
	return fits(k.PK, workspace, at.PK) && fits(k.SK, workspace, at.SK)
}

func fits(form, workspace, text string) bool {
	for form != "" {
		var want, part string
		want, form, _ = strings.Cut(form, "#")
		if want == "**" {
			return true
		}
		if text == "" {
			return false
		}
		var more bool
		part, text, more = strings.Cut(text, "#")
		if start, open := strings.CutSuffix(want, "*"); open {
			if !strings.HasPrefix(part, start) {
				return false
			}
		} else if want == "w" && part != workspace || want != "w" && part != want {
			return false
		}
		if form == "" && more {
			return false
		}
	}
	return text == ""
}

// Named is the workspace that a door's document names; empty if it names none.
func Named(it Item) string {
	var d struct {
		Workspace string `json:"workspace"`
	}
	if json.Unmarshal(it.Doc, &d) != nil {
		return ""
	}
	return d.Workspace
}
