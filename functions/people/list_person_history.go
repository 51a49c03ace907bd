package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/audit"
)

// ListPersonHistory shows what was done to a customer, newest first.
var ListPersonHistory = api.Route{
	Name:    "people.list_person_history",
	Method:  http.MethodGet,
	Path:    "/v1/people/{id}/history",
	Summary: "List the history of a person",
	About:   "Who changed what, when and from where. Of what is personal it says that it changed, and not what it was. A duplicate that was merged keeps its own, under its own identifier. Entries are kept for seven years.",
	Allow:   access.ViewPeople,
	Faults:  []string{"person.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listPersonHistory),
}

type listPersonHistoryInput struct {
	ID string `path:"id"`
	api.Paging
}

func listPersonHistory(ctx context.Context, c *api.Call, in listPersonHistoryInput) (api.List[audit.Entry], error) {
	page, next, err := c.People.History(ctx, c.Actor.Workspace, in.ID, in.Cursor, in.Limit)
	return api.ListOf(page, next), err
}
