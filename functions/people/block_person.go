package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// BlockPerson says that a customer must not be rented to.
var BlockPerson = api.Route{
	Name:    "people.block_person",
	Method:  http.MethodPost,
	Path:    "/v1/people/{id}/block",
	Summary: "Block a person",
	About:   "A block holds in this workspace alone, and until it is lifted. The note is for those who may see what is personal. Raises `person.blocked`.",
	Allow:   access.BlockPeople,
	Faults:  []string{"person.not_found", "person.stale", "person.blocked", "person.anonymised", "person.reason", "person.note"},
	Handle:  rest.JSON(blockPerson),
}

type blockPersonInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body blockPersonBody
}

type blockPersonBody struct {
	Reason string `json:"reason" doc:"abuse, damage, fraud, legal, non_payment, other or unsafe_driving" example:"non_payment"`
	Note   string `json:"note,omitempty" doc:"At most 1,000 characters" example:"Three invoices open since May"`
}

func blockPerson(ctx context.Context, c *api.Call, in blockPersonInput) (personView, error) {
	version, err := in.Version()
	if err != nil {
		return personView{}, err
	}
	p, err := c.People.Block(ctx, c.Actor, in.ID, in.Body.Reason, in.Body.Note, version, c.Now)
	return viewOf(c, p), err
}
