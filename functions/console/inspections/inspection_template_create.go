package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/inspection"
)

// InspectionTemplateCreate adds an empty template, or the starter templates.
var InspectionTemplateCreate = api.Route{
	Name:    "console.inspection_template_create",
	Method:  http.MethodPost,
	Path:    "/inspection-templates",
	Summary: "Add an inspection template",
	Allow:   access.ManageInspections,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inspectionTemplateCreate),
}

type inspectionTemplateCreateInput struct {
	Starters bool   `form:"starters"`
	Name     string `form:"name"`
	Kind     string `form:"kind"`
}

func inspectionTemplateCreate(ctx context.Context, c *api.Call, in inspectionTemplateCreateInput) (api.Answer, error) {
	if in.Starters {
		if _, err := c.Inspections.Adopt(ctx, c.Actor, c.Now); err != nil {
			return api.Answer{}, err
		}
		return page.Done("/inspection-templates", "template-adopted")
	}
	d := inspection.Details{Name: in.Name, Kind: inspection.Kind(in.Kind), Sections: []inspection.Section{{Title: "Outside"}}}
	t, err := c.Inspections.Write(ctx, c.Actor, d, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.TemplatePath(t.ID), "template-created")
}
