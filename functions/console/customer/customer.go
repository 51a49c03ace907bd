package customer

import (
	"slices"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/company"
)

// Links joins people and companies, seen from either: who is joined, and a
// search for whom to join.
type Links = look.Links

// RolesChosen are the roles that somebody may have in a company, those of has chosen.
func RolesChosen(has []string) []look.Option {
	var out []look.Option
	for _, r := range company.Roles {
		out = append(out, look.Option{Value: r, Text: page.TitleOf(r), Chosen: slices.Contains(has, r)})
	}
	return out
}

// FormView is the form of a person or of a company.
type FormView struct {
	look.Frame
	Action, Cancel, Do string
	Version            int64
	Wrong              *look.Notice
	Groups             []page.FieldGroup
}

// FormPage is the page of a FormView.
var FormPage = look.Page(files, "person_form")

// Duplicate is somebody who may be the same, and why.
type Duplicate struct {
	Name, To, Why string
	State         look.Badge
	Merge         look.Act
}
