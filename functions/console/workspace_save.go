package console

import (
	"context"
	"net/http"
	"strconv"

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
	Handle:  page(workspaceSave),
}

func workspaceSave(ctx context.Context, c *api.Call, in workspaceFields) (api.Answer, error) {
	ch, err := in.changes()
	if err == nil {
		_, err = c.Workspaces.Change(ctx, c.Actor, ch, in.Version, c.Now)
	}
	switch {
	case fault.KindOf(err) == fault.Stale:
		return back("/settings/workspace", err)
	case mine(err):
		return workspaceForm(ctx, c, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return done("/settings/workspace", "workspace-saved")
}

func (in workspaceFields) changes() (workspace.Changes, error) {
	name, zone := text(in.Name), text(in.TimeZone)
	ch := workspace.Changes{Name: &name, TimeZone: &zone, AutoRecover: &in.AutoRecover}
	for _, n := range []struct {
		to          **int
		value, name string
	}{{&ch.RetentionDays, in.Retention, "settings.retention_days"}, {&ch.DisableAfterDays, in.DisableAfter, "settings.disable_after_days"}} {
		days, err := strconv.Atoi(text(n.value))
		if err != nil {
			return ch, fault.New(fault.Invalid, "workspace.invalid", "Give a whole number of days.").At(n.name)
		}
		*n.to = &days
	}
	return ch, nil
}
