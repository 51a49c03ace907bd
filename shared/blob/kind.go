package blob

import "strings"

// A Kind is what a noun says of the files that it stores under keys of one form,
// as table.Kind is for items: for who handles all files of a workspace without
// knowing the business. Every file is of exactly one kind.
//
// In a form, w is the workspace, * any one name, and ** all the rest:
// w/attachments/*/*, uploads/w/*.
type Kind struct {
	Name  string // for people: "file of an attachment"
	Form  string
	Stays string // why it stays behind in a move; empty: it moves
}

// Fits reports whether a workspace's file under key is of kind k.
func (k *Kind) Fits(workspace string, key Key) bool {
	form, text := strings.Split(k.Form, "/"), strings.Split(string(key), "/")
	for i, want := range form {
		switch {
		case want == "**":
			return len(text) > i
		case len(text) <= i || want == "w" && text[i] != workspace || want != "w" && want != "*" && text[i] != want:
			return false
		}
	}
	return len(form) == len(text)
}
