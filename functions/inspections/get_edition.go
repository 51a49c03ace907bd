package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/inspection"
)

// GetEdition shows a template as it was published.
var GetEdition = api.Route{
	Name:    "inspections.get_edition",
	Method:  http.MethodGet,
	Path:    "/v1/inspection-templates/{id}/editions/{number}",
	Summary: "Get an edition of a template",
	About:   "As it was published: by this is inspected, and it never changes.",
	Allow:   access.ViewAssets,
	Faults:  []string{"inspection_template.no_edition"},
	Handle:  rest.JSON(getEdition),
}

type getEditionInput struct {
	ID     string `path:"id"`
	Number int    `path:"number" minimum:"1"`
}

func getEdition(ctx context.Context, c *api.Call, in getEditionInput) (inspection.Edition, error) {
	e, err := c.Inspections.Edition(ctx, c.Actor.Workspace, in.ID, in.Number)
	if err != nil {
		return inspection.Edition{}, err
	}
	return *e, nil
}
