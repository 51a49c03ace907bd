package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// PersonMerge makes one customer of two.
var PersonMerge = api.Route{
	Name:    "console.person_merge",
	Method:  http.MethodPost,
	Path:    "/people/{id}/merge",
	Summary: "Merge a person",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page(personMerge),
}

type personMergeInput struct {
	ID   string `path:"id"`
	Into string `form:"into"`
}

func personMerge(ctx context.Context, c *api.Call, in personMergeInput) (api.Answer, error) {
	if _, err := c.People.Merge(ctx, c.Actor, in.ID, text(in.Into), 0, c.Now); err != nil {
		return back(personPath(in.ID), err)
	}
	return done(personPath(text(in.Into)), "person-merged")
}
