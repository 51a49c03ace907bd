package document

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/pattern"
	"motorpool/shared/span"
)

const maxFiles = 10

var (
	countryForm = pattern.New(`^[A-Z]{2}$`)
	numberForm  = pattern.New(`^[A-Z0-9][A-Z0-9 ./-]{0,39}$`)
	prefixes    = map[string]string{"person": "per", "company": "com", "asset": "ast"}
	sides       = []string{"front", "back", "other"}
	undated     = []string{"proof_of_address", "other"} // may have no last day
)

// complaints gathers what is wrong, so that a form hears of all of it at once.
// The fault has the code and the words of the first.
type complaints struct{ fault *fault.Error }

func (c *complaints) add(field, format string, args ...any) {
	reason := fmt.Sprintf(format, args...)
	if c.fault == nil {
		top, _, _ := strings.Cut(strings.ReplaceAll(field, "[", "."), ".")
		c.fault = fault.New(fault.Invalid, "document."+top, "%s", reason)
	}
	c.fault.Fields = append(c.fault.Fields, fault.Field{Name: field, Reason: reason})
}

func (c *complaints) err() error {
	if c.fault == nil {
		return nil
	}
	return c.fault
}

// text trims *s and complains if it is longer than limit, or has characters
// that cannot be seen. Line breaks are for long texts only.
func (c *complaints) text(field string, s *string, limit int) {
	*s = strings.TrimSpace(*s)
	switch {
	case utf8.RuneCountInString(*s) > limit:
		c.add(field, "Use at most %d characters.", limit)
	case !form.Lines(*s) || limit < 200 && !form.Line(*s):
		c.add(field, "Leave out control characters and others that cannot be seen.")
	}
}

func (d *Document) checkKind() error {
	c := &complaints{}
	prefix, known := prefixes[d.Owner.Type]
	switch owners, is := ownersOf[d.Type]; {
	case !known:
		c.add("owner.type", "An owner is a person, a company or an asset.")
	case !ident.Has(prefix, d.Owner.ID):
		c.add("owner.id", "There is no such %s. Give its id: %s_…", d.Owner.Type, prefix)
	case !is:
		c.add("type", "Choose one of %s.", strings.Join(Types, ", "))
	case !slices.Contains(owners, d.Owner.Type):
		c.add("type", "A document of this type belongs to: %s.", strings.Join(owners, ", "))
	}
	return c.err()
}

func (a *Asked) check() error {
	c := &complaints{}
	c.text("message", &a.Message, 500)
	for i, s := range a.Sides {
		if s != "front" && s != "back" || slices.Contains(a.Sides[:i], s) {
			c.add(fmt.Sprintf("sides[%d]", i), "Ask for front and back, each once.")
		}
	}
	return c.err()
}

// checked returns what a paper of this type says in its normal form, or
// everything that is wrong with it.
func (s Details) checked(typ string, at time.Time) (Details, error) {
	s.Files = slices.Clone(s.Files)
	c := &complaints{}
	s.Number = strings.ToUpper(strings.Join(strings.Fields(s.Number), " "))
	if s.Number != "" && !numberForm(s.Number) {
		c.add("number", "Give at most 40 letters, digits, hyphens and dots.")
	}
	c.text("issuing_state", &s.State, 60)
	s.Country = strings.ToUpper(strings.TrimSpace(s.Country))
	if s.Country != "" && !countryForm(s.Country) {
		c.add("issuing_country", "Give the country as its two letters of ISO 3166: AU.")
	}
	c.text("class", &s.Class, 40)
	c.text("name", &s.Name, 100)
	c.text("address", &s.Address, 300)
	s.checkDays(c, typ, at)
	s.checkFiles(c)
	if s.Number == "" && len(s.Files) == 0 {
		c.add("number", "Give a number or at least one file.")
	}
	return s, c.err()
}

// Check returns everything that is wrong with what a paper of a type says, before
// its files are kept.
func (s Details) Check(typ string, files bool, at time.Time) error {
	if s.Files = nil; files && s.Number == "" {
		s.Number = "1" // a file is enough
	}
	_, err := s.checked(typ, at)
	return err
}

func (s *Details) checkDays(c *complaints, typ string, at time.Time) {
	tomorrow := span.DateOf(at.AddDate(0, 0, 1)) // it may be tomorrow somewhere
	switch {
	case tomorrow.Before(s.Issued):
		c.add("issued", "It cannot be issued in the future.")
	case !s.Expires.IsZero() && s.Expires.Before(s.Issued):
		c.add("expires", "It cannot expire before it was issued, on %s.", s.Issued)
	case s.Expires.Year > at.Year()+100:
		c.add("expires", "Give a year within the next hundred.")
	case s.Expires.IsZero() && !slices.Contains(undated, typ):
		c.add("expires", "Give the last day it is good for.")
	}
	if s.BirthDate != (span.Date{}) && (tomorrow.Before(s.BirthDate) || s.BirthDate.Year < at.Year()-130) {
		c.add("birth_date", "Give a day in the past, within 130 years.")
	}
}

func (s *Details) checkFiles(c *complaints) {
	for i, f := range s.Files {
		switch {
		case !ident.Has("att", f.Attachment):
			c.add(fmt.Sprintf("files[%d].attachment", i), "There is no such file. Give the id of an upload: att_…")
		case !slices.Contains(sides, f.Side):
			c.add(fmt.Sprintf("files[%d].side", i), "Choose one of %s.", strings.Join(sides, ", "))
		case slices.ContainsFunc(s.Files[:i], func(o File) bool { return o.Attachment == f.Attachment || o.Side == f.Side && f.Side != "other" }):
			c.add(fmt.Sprintf("files[%d]", i), "Give each file and each side once.")
		}
	}
	if len(s.Files) > maxFiles {
		c.add("files", "Give at most %d files.", maxFiles)
	}
}
