package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// PublishTemplate makes the next edition of a template.
var PublishTemplate = api.Route{
	Name:    "inspections.publish_template",
	Method:  http.MethodPost,
	Path:    "/v1/inspection-templates/{id}/publish",
	Summary: "Publish an inspection template",
	About:   "Makes the next edition, by which inspections begin from now on. Those that have begun keep theirs.",
	Allow:   access.ManageInspections,
	Faults:  []string{"inspection_template.not_found", "inspection_template.stale", "inspection_template.same", "inspection_template.empty", "inspection_template.retired", "table.busy"},
	Handle:  rest.JSON(publishTemplate),
}

func publishTemplate(ctx context.Context, c *api.Call, in versioned) (templateView, error) {
	version, err := in.Version()
	if err != nil {
		return templateView{}, err
	}
	t, err := c.Inspections.Publish(ctx, c.Actor, in.ID, version, c.Now)
	return templateViewOf(t), err
}
