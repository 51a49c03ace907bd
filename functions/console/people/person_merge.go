package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(personMerge),
}

type personMergeInput struct {
	ID   string `path:"id"`
	Into string `form:"into"`
}

func personMerge(ctx context.Context, c *api.Call, in personMergeInput) (api.Answer, error) {
	if _, err := c.People.Merge(ctx, c.Actor, in.ID, page.Trim(in.Into), 0, c.Now); err != nil {
		return page.Back(record.PersonPath(in.ID), err)
	}
	return page.Done(record.PersonPath(page.Trim(in.Into)), "person-merged")
}
