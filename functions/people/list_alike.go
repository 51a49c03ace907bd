package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListAlike shows people of the workspace who may be one person, in pairs.
var ListAlike = api.Route{
	Name:    "people.list_alike",
	Method:  http.MethodGet,
	Path:    "/v1/people-duplicates",
	Summary: "List possible duplicates",
	About:   "Looks at `limit` people a page, the newest first, so a page may be short or empty: go on while there is a `next_cursor`.",
	Allow:   access.ViewPeople,
	Faults:  []string{"cursor.invalid"},
	Handle:  rest.JSON(listAlike),
}

type listAlikeInput struct {
	api.Paging
}

type pairView struct {
	Person    personView `json:"person"`
	Duplicate personView `json:"duplicate"`
	Why       []string   `json:"why" nullable:"false" doc:"What they have in common" example:"[\"email\",\"mobile\"]"`
}

func listAlike(ctx context.Context, c *api.Call, in listAlikeInput) (api.List[pairView], error) {
	pairs, next, err := c.People.Alike(ctx, c.Actor.Workspace, in.Cursor, in.Limit)
	out := make([]pairView, len(pairs))
	for i, p := range pairs {
		out[i] = pairView{viewOf(c, p.One), viewOf(c, p.Person), p.Why}
	}
	return api.ListOf(out, next), err
}
