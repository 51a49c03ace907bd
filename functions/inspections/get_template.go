package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetTemplate shows one template, with changes that are not published yet.
var GetTemplate = api.Route{
	Name:    "inspections.get_template",
	Method:  http.MethodGet,
	Path:    "/v1/inspection-templates/{id}",
	Summary: "Get an inspection template",
	About:   "With changes that are not published yet; `changed` says whether there are any.",
	Allow:   access.ViewAssets,
	Faults:  []string{"inspection_template.not_found"},
	Handle:  rest.JSON(getTemplate),
}

func getTemplate(ctx context.Context, c *api.Call, in byID) (templateView, error) {
	t, err := c.Inspections.Template(ctx, c.Actor.Workspace, in.ID)
	return templateViewOf(t), err
}
