package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetWorkspace shows the caller's workspace and its settings.
var GetWorkspace = api.Route{
	Name:    "settings.get_workspace",
	Method:  http.MethodGet,
	Path:    "/v1/workspace",
	Summary: "Get your workspace",
	Allow:   access.Public,
	Handle:  rest.JSON(getWorkspace),
}

func getWorkspace(ctx context.Context, c *api.Call, _ api.None) (workspaceView, error) {
	w, err := c.Workspaces.Current(ctx, c.Actor.Workspace)
	if err != nil {
		return workspaceView{}, err
	}
	return viewWorkspace(w), nil
}
