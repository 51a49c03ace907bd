package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/audit"
)

// ListUserWork shows what is assigned to a user, for somebody else to take over.
var ListUserWork = api.Route{
	Name:    "settings.list_user_work",
	Method:  http.MethodGet,
	Path:    "/v1/users/{id}/work",
	Summary: "List what is assigned to a user",
	About:   "What waits for them, the most urgent first. Give it to somebody else before you disable them.",
	Allow:   access.ViewUsers,
	Faults:  []string{"user.not_found"},
	Handle:  rest.JSON(listUserWork),
}

type listUserWorkInput struct {
	ID string `path:"id"`
}

func listUserWork(ctx context.Context, c *api.Call, in listUserWorkInput) (api.List[audit.Object], error) {
	work, err := c.Members.Assigned(ctx, c.Actor, in.ID)
	return api.ListOf(work, ""), err
}
