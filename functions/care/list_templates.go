package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListTemplates lists what all assets need, or those of some categories.
var ListTemplates = api.Route{
	Name:    "care.list_templates",
	Method:  http.MethodGet,
	Path:    "/v1/service-reminder-templates",
	Summary: "List the templates of service reminders",
	About:   "Oldest first; there are at most 200, so that there is one page.",
	Allow:   access.ViewAssets,
	Faults:  []string{},
	Handle:  rest.JSON(listTemplates),
}

func listTemplates(ctx context.Context, c *api.Call, _ struct{}) (api.List[templateView], error) {
	all, err := c.Reminders.Templates(ctx, c.Actor.Workspace)
	return listOf(all, "", templateViewOf), err
}
