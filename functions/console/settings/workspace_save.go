package settings

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/workspace"
)

// WorkspaceSave changes the workspace's settings, unless somebody else has meanwhile.
var WorkspaceSave = api.Route{
	Name:    "console.workspace_save",
	Method:  http.MethodPost,
	Path:    "/settings/workspace",
	Summary: "Change the workspace's settings",
	Allow:   access.ManageSettings,
	Door:    api.SessionDoor,
	Handle:  page.Handler(workspaceSave),
}

func workspaceSave(ctx context.Context, c *api.Call, in workspaceFields) (api.Answer, error) {
	zone := ""
	w, err := c.Workspaces.Edit(ctx, c.Actor, func(f *workspace.Form) error {
		zone = f.TimeZone
		in.fill(f)
		return nil
	}, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return page.Back("/settings/workspace", err)
	case page.Mine(err):
		return workspaceForm(ctx, c, in, err)
	case err != nil:
		return api.Answer{}, err
	case w.TimeZone != zone:
		return page.Done("/settings/workspace", "zone-saved")
	}
	return page.Done("/settings/workspace", "workspace-saved")
}

// fill makes f what was typed.
func (in workspaceFields) fill(f *workspace.Form) {
	f.Settings.AutoRecover, f.Settings.RequireMFA = in.AutoRecover, in.RequireMFA
	for _, p := range in.pairs(f) {
		p.take()
	}
}
