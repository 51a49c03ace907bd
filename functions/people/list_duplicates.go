package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/person"
)

// ListDuplicates shows who may be the same customer.
var ListDuplicates = api.Route{
	Name:    "people.list_duplicates",
	Method:  http.MethodGet,
	Path:    "/v1/people/{id}/duplicates",
	Summary: "List possible duplicates of a person",
	About:   "Who has two of these in common: e-mail address (whatever its case, and without what follows a +), mobile, name and birth date, residential address; or the number of a document. Blocked and archived people too. Those with most in common come first.",
	Allow:   access.ViewPeople,
	Faults:  []string{"person.not_found"},
	Handle:  rest.JSON(listDuplicates),
}

type duplicateView struct {
	Person personView `json:"person"`
	Why    []string   `json:"why" nullable:"false" doc:"What they have in common: document_number, email, mobile, name_and_birth_date, residential_address" example:"[\"email\", \"mobile\"]"`
}

func listDuplicates(ctx context.Context, c *api.Call, in personByID) (api.List[duplicateView], error) {
	found, err := c.People.Duplicates(ctx, c.Actor.Workspace, in.ID)
	return listOf(found, "", func(d person.Duplicate) duplicateView { return duplicateView{viewOf(c, d.Person), d.Why} }), err
}
