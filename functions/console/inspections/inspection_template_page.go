package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// InspectionTemplatePage is the editor of a template.
var InspectionTemplatePage = api.Route{
	Name:    "console.inspection_template_page",
	Method:  http.MethodGet,
	Path:    "/inspection-templates/{id}",
	Summary: "Edit an inspection template",
	Allow:   access.ManageInspections,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inspectionTemplatePage),
}

type inspectionTemplatePageInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
}

func inspectionTemplatePage(ctx context.Context, c *api.Call, in inspectionTemplatePageInput) (api.Answer, error) {
	t, err := c.Inspections.Template(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	return templateEditor(ctx, c, t, in.Did, nil)
}
