package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/inspection"
)

// InspectionTemplateList shows the templates by which is inspected.
var InspectionTemplateList = api.Route{
	Name:    "console.inspection_template_list",
	Method:  http.MethodGet,
	Path:    "/inspection-templates",
	Summary: "Inspection templates",
	Allow:   access.ManageInspections,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inspectionTemplateList),
}

type inspectionTemplateListInput struct {
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type inspectionTemplateListView struct {
	look.Frame
	Rows  []templateRow
	Pager look.Pager
}

type templateRow struct {
	Name, To, Kind string
	State          look.Badge
	Edition        int
	Changed        bool
}

var inspectionTemplateListPage = look.Page(files, "inspection_template_list")

func inspectionTemplateList(ctx context.Context, c *api.Call, in inspectionTemplateListInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Inspection templates", Section: "inspections", Crumbs: []look.Link{toInspections}, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	v := inspectionTemplateListView{Frame: f}
	list, next, err := c.Inspections.Templates(ctx, c.Actor.Workspace, inspection.TemplateFilter{}, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	for _, t := range list {
		v.Rows = append(v.Rows, templateRow{t.Name, record.TemplatePath(t.ID), kindName(t.Kind), templateBadge(t.State), t.Edition, t.Changed})
	}
	v.Pager = page.Pager(look.Count(len(list), "template", "templates"), in.Cursor, next, "/inspection-templates")
	return page.Show(inspectionTemplateListPage, v)
}
