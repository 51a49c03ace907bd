package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(personUnblock),
}

type personUnblockInput struct {
	ID   string `path:"id"`
	Note string `form:"note"`
}

func personUnblock(ctx context.Context, c *api.Call, in personUnblockInput) (api.Answer, error) {
	if _, err := c.People.Unblock(ctx, c.Actor, in.ID, page.Trim(in.Note), 0, c.Now); err != nil {
		return page.Back(record.PersonPath(in.ID), err)
	}
	return page.Done(record.PersonPath(in.ID), "person-unblocked")
}
