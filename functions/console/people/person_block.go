package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// PersonBlock says that a customer must not be rented to.
var PersonBlock = api.Route{
	Name:    "console.person_block",
	Method:  http.MethodPost,
	Path:    "/people/{id}/block",
	Summary: "Block a person",
	Allow:   access.BlockPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(personBlock),
}

type personBlockInput struct {
	ID     string `path:"id"`
	Reason string `form:"reason"`
	Note   string `form:"note"`
}

func personBlock(ctx context.Context, c *api.Call, in personBlockInput) (api.Answer, error) {
	if _, err := c.People.Block(ctx, c.Actor, in.ID, in.Reason, page.Trim(in.Note), 0, c.Now); err != nil {
		return page.Back(record.PersonPath(in.ID), err)
	}
	return page.Done(record.PersonPath(in.ID), "person-blocked")
}
