package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// UnblockPerson lifts the block of a customer.
var UnblockPerson = api.Route{
	Name:    "people.unblock_person",
	Method:  http.MethodPost,
	Path:    "/v1/people/{id}/unblock",
	Summary: "Unblock a person",
	About:   "That they were blocked is kept. Raises `person.unblocked`.",
	Allow:   access.BlockPeople,
	Faults:  []string{"person.not_found", "person.stale", "person.not_blocked", "person.note"},
	Handle:  rest.JSON(unblockPerson),
}

type unblockPersonInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body unblockPersonBody
}

type unblockPersonBody struct {
	Note string `json:"note,omitempty" doc:"At most 1,000 characters" example:"Paid in full"`
}

func unblockPerson(ctx context.Context, c *api.Call, in unblockPersonInput) (personView, error) {
	version, err := in.Version()
	if err != nil {
		return personView{}, err
	}
	p, err := c.People.Unblock(ctx, c.Actor, in.ID, in.Body.Note, version, c.Now)
	return viewOf(c, p), err
}
