package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/member"
)

// ListUsers shows who works here, who is invited, and who no longer may.
var ListUsers = api.Route{
	Name:    "settings.list_users",
	Method:  http.MethodGet,
	Path:    "/v1/users",
	Summary: "List users",
	About:   "By name; with `q` in the order of what they were found by. Who works at some locations only sees those who work at one of them.",
	Allow:   access.ViewUsers,
	Faults:  []string{"cursor.invalid"},
	Handle:  rest.JSON(listUsers),
}

type listUsersInput struct {
	api.Paging
	State string `query:"state" enum:"invited,active,disabled"`
	Role  string `query:"role" doc:"Only who holds this role"`
	Q     string `query:"q" maxLength:"254" doc:"A word of the name, or the address, begins so"`
}

func listUsers(ctx context.Context, c *api.Call, in listUsersInput) (api.List[seenView], error) {
	page, next, err := c.Members.List(ctx, c.Actor, member.Filter{State: member.State(in.State), Role: in.Role, Q: in.Q}, in.Cursor, in.Limit)
	if err != nil {
		return api.List[seenView]{}, err
	}
	seen, err := c.Members.LastSeen(ctx, c.Actor.Workspace)
	views := make([]seenView, len(page))
	for i, m := range page {
		views[i] = seenView{m.Object(), seen[m.ID]}
	}
	return api.ListOf(views, next), err
}
