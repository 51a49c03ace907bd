package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// PersonUnblock lifts the block of a customer.
var PersonUnblock = api.Route{
	Name:    "console.person_unblock",
	Method:  http.MethodPost,
	Path:    "/people/{id}/unblock",
	Summary: "Unblock a person",
	Allow:   access.BlockPeople,
	Door:    api.SessionDoor,
	Handle:  page(personUnblock),
}

type personUnblockInput struct {
	ID   string `path:"id"`
	Note string `form:"note"`
}

func personUnblock(ctx context.Context, c *api.Call, in personUnblockInput) (api.Answer, error) {
	if _, err := c.People.Unblock(ctx, c.Actor, in.ID, text(in.Note), 0, c.Now); err != nil {
		return back(personPath(in.ID), err)
	}
	return done(personPath(in.ID), "person-unblocked")
}
