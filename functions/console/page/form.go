package page

import "motorpool/functions/console/look"

// FactGroup is some of what is known of a record, under one heading.
type FactGroup struct {
	Title string
	Facts []look.Pair
}

// Advice is one thing that can be done with a record, and when to do it.
type Advice struct {
	Text string
	Act  look.Act
}

// FieldGroup is some fields of a form, under one heading.
type FieldGroup struct {
	Title  string
	Fields []look.Field
}

// Options are the options of a choice, whose values are their names.
func Options(values ...string) []look.Option {
	out := make([]look.Option, len(values))
	for i, v := range values {
		out[i] = look.Option{Value: v, Text: TitleOf(v)}
	}
	return out
}

// Check is a box with a name of its own.
type Check struct {
	Name, Value, Text, Hint string
	On                      bool
}

// Known leaves out pairs that have no value.
func Known(pairs ...string) (out []look.Pair) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, look.Pair{Name: pairs[i], Value: pairs[i+1]})
		}
	}
	return out
}

// EmailField is for the address that somebody signs in with.
var EmailField = look.Field{Name: "email", Label: "E-mail address", Type: "email", Required: true, Max: 254, Complete: "username"}

// NewField is for a password that is to be.
var NewField = look.Field{Name: "password", Label: "New password", Type: "password", Required: true, Max: 200, Complete: "new-password", Hint: "At least 12 characters. Three or four words make a good one."}
