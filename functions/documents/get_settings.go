package documents

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetSettings shows who is told that documents expire, and when.
var GetSettings = api.Route{
	Name:    "documents.get_settings",
	Method:  http.MethodGet,
	Path:    "/v1/document-settings",
	Summary: "Get the settings of expiry notices",
	About:   "By type of document: whether, how many days before, and to whom it is told that one expires. The day begins at 7 o'clock in the time zone of the workspace, with one letter a person.",
	Allow:   access.ViewPeople,
	Faults:  []string{},
	Handle:  rest.JSON(getSettings),
}

func getSettings(ctx context.Context, c *api.Call, in api.None) (settingsView, error) {
	s, err := c.Documents.Settings(ctx, c.Actor.Workspace)
	return settingsView{s.Said, s.Version}, err
}
