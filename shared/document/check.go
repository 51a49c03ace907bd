package document

import (
	"fmt"
	"slices"
	"strings"
	"time"

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

func (d *Document) checkKind() error {
	c := &form.Complaints{Noun: "document"}
	prefix, known := prefixes[d.Owner.Type]
	switch owners, is := ownersOf[d.Type]; {
	case !known:
		c.Add("owner.type", "An owner is a person, a company or an asset.")
	case !ident.Has(prefix, d.Owner.ID):
		c.Add("owner.id", "There is no such %s. Give its id: %s_…", d.Owner.Type, prefix)
	case !is:
		c.Add("type", "Choose one of %s.", strings.Join(Types, ", "))
	case !slices.Contains(owners, d.Owner.Type):
		c.Add("type", "A document of this type belongs to: %s.", strings.Join(owners, ", "))
	}
	return c.Err()
}

func (a *Asked) check() error {
	c := &form.Complaints{Noun: "document"}
	c.Text("message", &a.Message, 500)
	for i, s := range a.Sides {
		if s != "front" && s != "back" || slices.Contains(a.Sides[:i], s) {
			c.Add(fmt.Sprintf("sides[%d]", i), "Ask for front and back, each once.")
		}
	}
	return c.Err()
}

// checked returns what a paper of this type says in its normal form, or
// everything that is wrong with it.
func (s Details) checked(typ string, at time.Time) (Details, error) {
	s.Files = slices.Clone(s.Files)
	c := &form.Complaints{Noun: "document"}
	s.Number = strings.ToUpper(strings.Join(strings.Fields(s.Number), " "))
	if s.Number != "" && !numberForm(s.Number) {
		c.Add("number", "Give at most 40 letters, digits, hyphens and dots.")
	}
	c.Text("issuing_state", &s.State, 60)
	s.Country = strings.ToUpper(strings.TrimSpace(s.Country))
	if s.Country != "" && !countryForm(s.Country) {
		c.Add("issuing_country", "Give the country as its two letters of ISO 3166: AU.")
	}
	c.Text("class", &s.Class, 40)
	c.Text("name", &s.Name, 100)
	c.Lines("address", &s.Address, 300)
	s.checkDays(c, typ, at)
	s.checkFiles(c)
	if s.Number == "" && len(s.Files) == 0 {
		c.Add("number", "Give a number or at least one file.")
	}
	return s, c.Err()
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

func (s *Details) checkDays(c *form.Complaints, typ string, at time.Time) {
	tomorrow := span.DateOf(at.AddDate(0, 0, 1)) // it may be tomorrow somewhere
	switch {
	case tomorrow.Before(s.Issued):
		c.Add("issued", "It cannot be issued in the future.")
	case !s.Expires.IsZero() && s.Expires.Before(s.Issued):
		c.Add("expires", "It cannot expire before it was issued, on %s.", s.Issued)
	case s.Expires.Year > at.Year()+100:
		c.Add("expires", "Give a year within the next hundred.")
	case s.Expires.IsZero() && !slices.Contains(undated, typ):
		c.Add("expires", "Give the last day it is good for.")
	}
	if s.BirthDate != (span.Date{}) && (tomorrow.Before(s.BirthDate) || s.BirthDate.Year < at.Year()-130) {
		c.Add("birth_date", "Give a day in the past, within 130 years.")
	}
}

func (s *Details) checkFiles(c *form.Complaints) {
	for i, f := range s.Files {
		switch {
		case !ident.Has("att", f.Attachment):
			c.Add(fmt.Sprintf("files[%d].attachment", i), "There is no such file. Give the id of an upload: att_…")
		case !slices.Contains(sides, f.Side):
			c.Add(fmt.Sprintf("files[%d].side", i), "Choose one of %s.", strings.Join(sides, ", "))
		case slices.ContainsFunc(s.Files[:i], func(o File) bool { return o.Attachment == f.Attachment || o.Side == f.Side && f.Side != "other" }):
			c.Add(fmt.Sprintf("files[%d]", i), "Give each file and each side once.")
		}
	}
	if len(s.Files) > maxFiles {
		c.Add("files", "Give at most %d files.", maxFiles)
	}
}
