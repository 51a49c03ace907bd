package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/workspace"
)

// ChangeWorkspace changes what the workspace is called, who its operator is, and
// its settings.
var ChangeWorkspace = api.Route{
	Name:    "settings.change_workspace",
	Method:  http.MethodPatch,
	Path:    "/v1/workspace",
	Summary: "Change your workspace",
	About: "The body is a JSON merge patch (RFC 7396): what you leave out stays as it is, `null` clears a field, or puts back what is usual. " +
		"A new time zone holds for what is scheduled from now on, new number prefixes for numbers given from now on, a new retention for what happens from now on. " +
		"Country and currency cannot change once an invoice has been issued.",
	Allow:  access.ManageSettings,
	Faults: []string{"workspace.invalid", "workspace.locked", "workspace.no_files", "workspace.stale"},
	Handle: rest.JSON(changeWorkspace),
}

type changeWorkspaceInput struct {
	api.IfMatch
	Body rest.Patch[workspace.Form]
}

func changeWorkspace(ctx context.Context, c *api.Call, in changeWorkspaceInput) (workspaceView, error) {
	version, err := in.Version()
	if err != nil {
		return workspaceView{}, err
	}
	w, err := c.Workspaces.Edit(ctx, c.Actor, func(f *workspace.Form) error { return in.Body.Apply(f) }, version, c.Now)
	if err != nil {
		return workspaceView{}, err
	}
	return viewWorkspace(w), nil
}
