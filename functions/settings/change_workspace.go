package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/workspace"
)

// ChangeWorkspace changes the workspace's name, time zone and settings.
var ChangeWorkspace = api.Route{
	Name:    "settings.change_workspace",
	Method:  http.MethodPatch,
	Path:    "/v1/workspace",
	Summary: "Change your workspace",
	About:   "What you leave out stays as it is. A new time zone holds for what is scheduled from now on; a new retention for what happens from now on.",
	Allow:   access.ManageSettings,
	Faults:  []string{"workspace.invalid", "workspace.stale"},
	Handle:  rest.JSON(changeWorkspace),
}

type changeWorkspaceInput struct {
	api.IfMatch
	Body struct {
		Name     *string         `json:"name,omitempty" minLength:"1" maxLength:"100" example:"Harbour Rentals"`
		TimeZone *string         `json:"time_zone,omitempty" minLength:"1" maxLength:"64" doc:"An IANA time zone" example:"Australia/Sydney"`
		Settings settingsChanges `json:"settings,omitzero"`
	}
}

type settingsChanges struct {
	RetentionDays    *int  `json:"retention_days,omitempty" minimum:"1" maximum:"365" doc:"How many days events and webhook deliveries are kept" example:"90"`
	DisableAfterDays *int  `json:"disable_after_days,omitempty" minimum:"0" maximum:"30" doc:"Disable an endpoint whose deliveries have all failed for so many days; 0 is never" example:"5"`
	AutoRecover      *bool `json:"auto_recover,omitempty" doc:"Send what was lost by itself once an endpoint answers again"`
	RequireMFA       *bool `json:"require_mfa,omitempty" doc:"People give a code of their phone when they sign in; who has no app yet sets one up first"`
}

func changeWorkspace(ctx context.Context, c *api.Call, in changeWorkspaceInput) (workspaceView, error) {
	version, err := in.Version()
	if err != nil {
		return workspaceView{}, err
	}
	b := in.Body
	w, err := c.Workspaces.Change(ctx, c.Actor, workspace.Changes{
		Name: b.Name, TimeZone: b.TimeZone,
		RetentionDays: b.Settings.RetentionDays, DisableAfterDays: b.Settings.DisableAfterDays, AutoRecover: b.Settings.AutoRecover,
		RequireMFA: b.Settings.RequireMFA,
	}, version, c.Now)
	if err != nil {
		return workspaceView{}, err
	}
	return viewWorkspace(w), nil
}
