package documents

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/document"
)

// ChangeSettings changes who is told that documents expire, and when.
var ChangeSettings = api.Route{
	Name:    "documents.change_settings",
	Method:  http.MethodPatch,
	Path:    "/v1/document-settings",
	Summary: "Change the settings of expiry notices",
	About:   "The body is a JSON merge patch (RFC 7396). The rule of a type is given whole; types that are absent stay as they are.",
	Allow:   access.ManageSettings,
	Faults:  []string{"document.rules", "document.settings_stale"},
	Handle:  rest.JSON(changeSettings),
}

type changeSettingsInput struct {
	api.IfMatch
	Body rest.Patch[document.Said]
}

func changeSettings(ctx context.Context, c *api.Call, in changeSettingsInput) (settingsView, error) {
	version, err := in.Version()
	if err != nil {
		return settingsView{}, err
	}
	s, err := c.Documents.Set(ctx, c.Actor, in.Body.Apply, version, c.Now)
	return settingsView{s.Said, s.Version}, err
}
