package console

import (
	"context"
	"net/http"
	"strconv"

	"motorpool/functions/console/look"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// WorkspacePage shows the workspace's settings as a form.
var WorkspacePage = api.Route{
	Name:    "console.workspace_page",
	Method:  http.MethodGet,
	Path:    "/settings/workspace",
	Summary: "Workspace settings",
	Allow:   access.ManageSettings,
	Door:    api.SessionDoor,
	Handle:  page(workspacePage),
}

// workspaceFields is the form of the settings as a browser posts it.
type workspaceFields struct {
	Name         string `form:"name"`
	TimeZone     string `form:"time_zone"`
	Retention    string `form:"settings.retention_days"`
	DisableAfter string `form:"settings.disable_after_days"`
	AutoRecover  bool   `form:"auto_recover"`
	Version      int64  `form:"version"`
	Did          string `query:"did"`
}

type workspaceView struct {
	look.Frame
	Wrong       *look.Notice
	Version     int64
	General     []look.Field
	Webhooks    []look.Field
	AutoRecover bool
	ID          string
	Mode        string
	Created     look.Moment
}

var workspaceTemplate = look.Page(files, "workspace_page")

func workspacePage(ctx context.Context, c *api.Call, in workspaceFields) (api.Answer, error) {
	w, err := c.Workspaces.Get(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	return workspaceForm(ctx, c, workspaceFields{
		Name: w.Name, TimeZone: w.TimeZone, Retention: strconv.Itoa(w.Settings.RetentionDays),
		DisableAfter: strconv.Itoa(w.Settings.DisableAfterDays), AutoRecover: w.Settings.AutoRecover, Version: w.Version, Did: in.Did,
	}, nil)
}

func workspaceForm(ctx context.Context, c *api.Call, in workspaceFields, because error) (api.Answer, error) {
	w, err := c.Workspaces.Get(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := frame(ctx, c, look.Frame{Title: "Workspace", Section: "workspace", Toast: news(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	fields := []look.Field{
		{Name: "name", Label: "Name", Value: in.Name, Required: true, Max: 100},
		{Name: "time_zone", Label: "Time zone", Value: in.TimeZone, Required: true, Options: zones(), Hint: "Times are shown in it, and days begin in it. An IANA name, for example Australia/Sydney."},
		{Name: "settings.retention_days", Label: "Keep events and deliveries for", Type: "number", Value: in.Retention, Required: true, Unit: "days", Hint: "1 to 365. After that they are gone for good."},
		{Name: "settings.disable_after_days", Label: "Disable an endpoint that only fails for", Type: "number", Value: in.DisableAfter, Required: true, Unit: "days", Hint: "1 to 30, or 0 for never."},
	}
	notice := wrong(because, fields)
	v := workspaceView{
		Frame: f, Wrong: notice, Version: in.Version, General: fields[:2], Webhooks: fields[2:], AutoRecover: in.AutoRecover,
		ID: w.ID, Mode: string(w.Mode), Created: f.Day(w.Created),
	}
	if because != nil {
		return again(workspaceTemplate, v)
	}
	return show(workspaceTemplate, v)
}

// zones are those that operators are likeliest to be in; any other can be typed.
func zones() []look.Option {
	var out []look.Option
	for _, z := range []string{
		"Africa/Johannesburg", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "America/Toronto",
		"Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Australia/Adelaide", "Australia/Brisbane", "Australia/Darwin", "Australia/Hobart",
		"Australia/Melbourne", "Australia/Perth", "Australia/Sydney", "Europe/Amsterdam", "Europe/Berlin", "Europe/Dublin", "Europe/London",
		"Europe/Madrid", "Europe/Paris", "Europe/Zurich", "Pacific/Auckland", "UTC",
	} {
		out = append(out, look.Option{Value: z, Text: z})
	}
	return out
}
