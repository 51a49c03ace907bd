package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListRoles shows the roles that users can hold.
var ListRoles = api.Route{
	Name:    "settings.list_roles",
	Method:  http.MethodGet,
	Path:    "/v1/roles",
	Summary: "List roles",
	About:   "All of them: Admin, which is built in, and those of the workspace, oldest first.",
	Allow:   access.ViewUsers,
	Handle:  rest.JSON(listRoles),
}

func listRoles(ctx context.Context, c *api.Call, _ api.None) (api.List[roleView], error) {
	roles, err := c.Members.Roles(ctx, c.Actor.Workspace)
	if err != nil {
		return api.List[roleView]{}, err
	}
	views := make([]roleView, len(roles))
	for i, r := range roles {
		if views[i], err = viewRole(ctx, c, r, nil); err != nil {
			return api.List[roleView]{}, err
		}
	}
	return api.ListOf(views, ""), nil
}
