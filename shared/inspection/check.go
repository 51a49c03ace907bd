package inspection

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/pattern"
)

const (
	maxSections      = 20
	maxFields        = 50 // in a section
	maxAngles        = 12
	maxTemplateBytes = 380_000 // with the edition's own words an item stays below table.MaxItemBytes
)

var (
	keys       = pattern.New(`^[a-z][a-z0-9_]{0,39}$`)
	programmes = pattern.New(`^[a-z][a-z0-9_]{0,29}$`)
)

func (d Details) checked() (Details, error) {
	c := &form.Complaints{Noun: "inspection_template"}
	c.Needed("name", &d.Name, 100)
	if !slices.Contains(KindsOf, d.Kind) {
		c.Add("kind", "Choose one of handover, return, scheduled, adhoc, transfer.")
	}
	d.ProgramTypes = list(c, "program_types", d.ProgramTypes, "Use lower-case letters, digits and underscores: rental.", programmes)
	d.Categories = list(c, "categories", d.Categories, "There is no such category. Give its id: cat_…", func(id string) bool { return ident.Has("cat", id) })
	d.Locations = list(c, "locations", d.Locations, "There is no such location. Give its id: loc_…", func(id string) bool { return ident.Has("loc", id) })
	if len(d.Sections) > maxSections {
		c.Add("sections", "Use at most %d sections.", maxSections)
		return d, c.Err()
	}
	sections := make([]Section, len(d.Sections))
	seen := map[string]bool{}
	for n, s := range d.Sections {
		sections[n] = s.checked(c, fmt.Sprintf("sections[%d]", n), seen)
	}
	d.Sections = sections
	if doc, err := json.Marshal(d); err != nil || len(doc) > maxTemplateBytes {
		c.Add("sections", "This template is too long. Use fewer fields, or shorter words.")
	}
	return d, c.Err()
}

func list(c *form.Complaints, field string, values []string, right string, is func(string) bool) []string {
	values = slices.Clone(values)
	if len(values) > 50 {
		c.Add(field, "Give at most 50.")
	}
	for n, v := range values {
		if !is(v) {
			c.Add(fmt.Sprintf("%s[%d]", field, n), "%s", right)
		} else if slices.Contains(values[:n], v) {
			c.Add(fmt.Sprintf("%s[%d]", field, n), "This is there already.")
		}
	}
	return values
}

func (s Section) checked(c *form.Complaints, at string, seen map[string]bool) Section {
	needed(c, at+".title", "title", &s.Title, 100)
	if len(s.Fields) > maxFields {
		c.Add(at+".fields", "Use at most %d fields in a section.", maxFields)
		return s
	}
	s.Fields = slices.Clone(s.Fields)
	for n := range s.Fields {
		s.Fields[n].check(c, fmt.Sprintf("%s.fields[%d]", at, n), seen)
	}
	return s
}

func needed(c *form.Complaints, field, name string, s *string, limit int) {
	c.Text(field, s, limit)
	if *s == "" {
		c.Add(field, "Give a %s; it cannot be empty.", name)
	}
}

func (f *Field) check(c *form.Complaints, at string, seen map[string]bool) {
	switch {
	case !keys(f.Key):
		c.Add(at+".key", "Use up to 40 lower-case letters, digits and underscores, a letter first.")
	case seen[f.Key]:
		c.Add(at+".key", "Another field has this key.")
	}
	seen[f.Key] = true
	needed(c, at+".label", "label", &f.Label, 200)
	c.Text(at+".hint", &f.Hint, 300)
	if !slices.Contains(FieldTypes, f.Type) {
		c.Add(at+".type", "Choose one of check, text, number, odometer, level, photo, damage, checkbox, date, signature, file.")
		return
	}
	if f.Type == Odometer || f.Type == Damage { // there is one of the vehicle
		if seen["#"+string(f.Type)] {
			c.Add(at+".type", "Another field is of this type already; there can be one.")
		}
		seen["#"+string(f.Type)] = true
	}
	if f.Type != Check && (f.PhotoOnFail || f.IssueOnFail) {
		c.Add(at+".type", "Only a check can fail.")
	}
	f.checkType(c, at)
}

// checkType is about what fields of one type alone can say.
func (f *Field) checkType(c *form.Complaints, at string) {
	only := func(name string, said bool, is FieldType) {
		if said && f.Type != is {
			c.Add(at+"."+name, "Leave it out: this is no %s field.", is)
		}
	}
	only("unit", f.Unit != "", Number)
	only("min", f.Min != "", Number)
	only("max", f.Max != "", Number)
	f.checkRange(c, at)
	only("photos", f.Photos != 0, Photo)
	only("angles", len(f.Angles) > 0, Photo)
	only("signer", f.Signer != "", Signature)
	c.Text(at+".unit", &f.Unit, 20)
	c.Between(at+".photos", int64(f.Photos), 0, maxPhotos)
	if f.IssueOnFail && f.Severity == "" {
		f.Severity = "medium"
	}
	if f.IssueOnFail && f.IssueType == "" {
		f.IssueType = "other"
	}
	if f.Severity != "" {
		c.OneOf(at+".severity", f.Severity, Severities)
	}
	if f.IssueType != "" {
		c.OneOf(at+".issue_type", f.IssueType, IssueTypes)
	}
	if f.Type == Signature {
		if f.Signer == "" {
			f.Signer = "staff"
		}
		c.OneOf(at+".signer", f.Signer, []string{"staff", "customer"})
	}
	f.Angles = slices.Clone(f.Angles)
	if len(f.Angles) > maxAngles {
		c.Add(at+".angles", "Name at most %d.", maxAngles)
	}
	for n := range f.Angles {
		place := fmt.Sprintf("%s.angles[%d]", at, n)
		needed(c, place, "name", &f.Angles[n], 40)
		if slices.ContainsFunc(f.Angles[:n], func(a string) bool { return strings.EqualFold(a, f.Angles[n]) }) {
			c.Add(place, "This is there already.")
		}
	}
}
