package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// RetireTemplate takes a template out of use for good.
var RetireTemplate = api.Route{
	Name:    "inspections.retire_template",
	Method:  http.MethodPost,
	Path:    "/v1/inspection-templates/{id}/retire",
	Summary: "Retire an inspection template",
	About:   "For good. What was inspected by it stays.",
	Allow:   access.ManageInspections,
	Faults:  []string{"inspection_template.not_found", "inspection_template.stale", "inspection_template.retired", "table.busy"},
	Handle:  rest.JSON(retireTemplate),
}

func retireTemplate(ctx context.Context, c *api.Call, in versioned) (templateView, error) {
	version, err := in.Version()
	if err != nil {
		return templateView{}, err
	}
	t, err := c.Inspections.Retire(ctx, c.Actor, in.ID, version, c.Now)
	return templateViewOf(t), err
}
