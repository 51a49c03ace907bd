package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// AdoptTemplates adds the templates that a new workspace begins with.
var AdoptTemplates = api.Route{
	Name:    "inspections.adopt_templates",
	Method:  http.MethodPost,
	Path:    "/v1/inspection-templates/starters",
	Summary: "Adopt the starter templates",
	About:   "A handover and a return, published. Only where there is no template yet.",
	Allow:   access.ManageInspections,
	Status:  http.StatusCreated,
	Faults:  []string{"inspection_template.there"},
	Handle:  rest.JSON(adoptTemplates),
}

func adoptTemplates(ctx context.Context, c *api.Call, in struct{}) (api.List[templateView], error) {
	all, err := c.Inspections.Adopt(ctx, c.Actor, c.Now)
	return listOf(all, "", templateViewOf), err
}
