// Package form gathers what is wrong with what somebody filled in, so that they
// hear of all of it at once, field by field. What a field may say is for the
// noun to know; the checks here are those that many nouns need.
package form

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"motorpool/shared/fault"
	"motorpool/shared/money"
)

// Complaints are what is wrong with one form. The fault that they make has the
// code and the words of the first: noun, a dot, and the field's first part. With
// Words it has these, and the code noun.invalid.
type Complaints struct {
	Noun  string
	Words string
	fault *fault.Error
}

// Add notes that a field, named as the caller wrote it, is wrong and what would
// be right.
func (c *Complaints) Add(field, format string, args ...any) {
	reason := fmt.Sprintf(format, args...)
	switch {
	case c.fault != nil:
	case c.Words != "":
		c.fault = fault.New(fault.Invalid, c.Noun+".invalid", "%s", c.Words)
	default:
		top, _, _ := strings.Cut(strings.ReplaceAll(field, "[", "."), ".")
		c.fault = fault.New(fault.Invalid, c.Noun+"."+top, "%s", reason)
	}
	c.fault.Fields = append(c.fault.Fields, fault.Field{Name: field, Reason: reason})
}

// Err is fault.Invalid with every complaint, or nil if there is none.
func (c *Complaints) Err() error {
	if c.fault == nil {
		return nil
	}
	return c.fault
}

// long is from how many characters on a text may have lines.
const long = 500

// Text trims *s and complains if it is longer than limit, or has characters that
// cannot be seen. Line breaks are for texts of 500 characters and more.
func (c *Complaints) Text(field string, s *string, limit int) {
	if limit >= long {
		c.Lines(field, s, limit)
	} else {
		c.text(field, s, limit, Line)
	}
}

// Lines is Text with line breaks, however short it is.
func (c *Complaints) Lines(field string, s *string, limit int) { c.text(field, s, limit, Lines) }

func (c *Complaints) text(field string, s *string, limit int, seen func(string) bool) {
	*s = strings.TrimSpace(*s)
	switch {
	case utf8.RuneCountInString(*s) > limit:
		c.Add(field, "Use at most %d characters.", limit)
	case !seen(*s):
		c.Add(field, "Leave out control characters and others that cannot be seen.")
	}
}

// Needed is Text for what cannot be empty.
func (c *Complaints) Needed(field string, s *string, limit int) {
	c.Text(field, s, limit)
	if *s == "" {
		c.Add(field, "Give a %s; it cannot be empty.", field)
	}
}

// OneOf complains unless s is one of those known.
func (c *Complaints) OneOf(field, s string, known []string) {
	if !slices.Contains(known, s) {
		c.Add(field, "Choose one of %s.", strings.Join(known, ", "))
	}
}

// Between complains unless n is from low to high.
func (c *Complaints) Between(field string, n, low, high int64) {
	if n < low || n > high {
		c.Add(field, "Give a whole number from %d to %d.", low, high)
	}
}

// Cost complains about an amount that is given and is negative, or no amount of
// money that we take.
func (c *Complaints) Cost(field string, m money.Amount) {
	if m.IsZero() {
		return
	}
	if wrong, ok := errors.AsType[*fault.Error](m.Check()); ok {
		c.Add(field, "%s", wrong.Message)
	} else if m.Minor < 0 {
		c.Add(field, "Give an amount that is not negative.")
	}
}
