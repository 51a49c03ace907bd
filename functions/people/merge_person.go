package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// MergePerson makes one customer of two.
var MergePerson = api.Route{
	Name:    "people.merge_person",
	Method:  http.MethodPost,
	Path:    "/v1/people/{id}/merge",
	Summary: "Merge a person",
	About:   "The identifier in the address leads to the person `into` from now on. What was known of one alone is known of that person then; where both say something different, theirs stays, and the other is kept under the old identifier, with its history. If one is blocked, both are. It happens in one piece or not at all. Raises `person.merged`.",
	Allow:   access.EditPeople,
	Faults:  []string{"person.not_found", "person.stale", "person.into", "person.anonymised", "person.too_many", "contact.too_many"},
	Handle:  rest.JSON(mergePerson),
}

type mergePersonInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body mergePersonBody
}

type mergePersonBody struct {
	Into string `json:"into" doc:"The person who stays" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b6"`
}

func mergePerson(ctx context.Context, c *api.Call, in mergePersonInput) (personView, error) {
	version, err := in.Version()
	if err != nil {
		return personView{}, err
	}
	p, err := c.People.Merge(ctx, c.Actor, in.ID, in.Body.Into, version, c.Now)
	return viewOf(c, p), err
}
