package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/inspection"
)

// CreateTemplate adds a template, as a draft.
var CreateTemplate = api.Route{
	Name:    "inspections.create_template",
	Method:  http.MethodPost,
	Path:    "/v1/inspection-templates",
	Summary: "Write an inspection template",
	About:   "It is a draft until it is published. A field's `key` names its answer in every inspection.",
	Allow:   access.ManageInspections,
	Status:  http.StatusCreated,
	Faults:  []string{"inspection_template.name", "inspection_template.kind", "inspection_template.program_types", "inspection_template.categories", "inspection_template.locations", "inspection_template.sections"},
	Handle:  rest.JSON(createTemplate),
}

type createTemplateInput struct {
	Body inspection.Details
}

func createTemplate(ctx context.Context, c *api.Call, in createTemplateInput) (templateView, error) {
	t, err := c.Inspections.Write(ctx, c.Actor, in.Body, c.Now)
	return templateViewOf(t), err
}
