package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/inspection"
)

// EditTemplate changes what a template says.
var EditTemplate = api.Route{
	Name:    "inspections.edit_template",
	Method:  http.MethodPatch,
	Path:    "/v1/inspection-templates/{id}",
	Summary: "Edit an inspection template",
	About:   "The body is a JSON merge patch (RFC 7396); lists are replaced whole. What is published stays in use as it is until you publish again.",
	Allow:   access.ManageInspections,
	Faults:  []string{"inspection_template.not_found", "inspection_template.stale", "inspection_template.retired", "inspection_template.name", "inspection_template.kind", "inspection_template.program_types", "inspection_template.categories", "inspection_template.locations", "inspection_template.sections", "table.busy"},
	Handle:  rest.JSON(editTemplate),
}

type editTemplateInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[inspection.Details]
}

func editTemplate(ctx context.Context, c *api.Call, in editTemplateInput) (templateView, error) {
	version, err := in.Version()
	if err != nil {
		return templateView{}, err
	}
	t, err := c.Inspections.Edit(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	return templateViewOf(t), err
}
