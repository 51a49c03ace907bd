package settings

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// WorkspaceEnter takes its reader into another workspace, under a new session token.
var WorkspaceEnter = api.Route{
	Name:    "console.workspace_enter",
	Method:  http.MethodPost,
	Path:    "/workspaces",
	Summary: "Enter a workspace",
	Door:    api.OpenDoor,
	Handle:  page.Handler(workspaceEnter),
}

type workspaceEnterInput struct {
	Workspace string `form:"workspace"`
}

func workspaceEnter(ctx context.Context, c *api.Call, in workspaceEnterInput) (api.Answer, error) {
	token, ses, err := c.Sessions.Enter(ctx, c.SessionToken(), in.Workspace, c.Now)
	if fault.KindOf(err) == fault.Unauthenticated {
		return api.Redirect("/sign-in"), nil
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Keep(c, api.Redirect("/"), token, ses), nil
}
