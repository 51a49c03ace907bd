package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/inspection"
)

// ListTemplates shows templates, a page at a time.
var ListTemplates = api.Route{
	Name:    "inspections.list_templates",
	Method:  http.MethodGet,
	Path:    "/v1/inspection-templates",
	Summary: "List inspection templates",
	About:   "By kind and name.",
	Allow:   access.ViewAssets,
	Faults:  []string{"cursor.invalid"},
	Handle:  rest.JSON(listTemplates),
}

type listTemplatesInput struct {
	api.Paging
	State string `query:"state" enum:"draft,published,retired"`
	Kind  string `query:"kind" enum:"handover,return,scheduled,adhoc,transfer"`
}

func listTemplates(ctx context.Context, c *api.Call, in listTemplatesInput) (api.List[templateView], error) {
	f := inspection.TemplateFilter{State: inspection.TemplateState(in.State), Kind: inspection.Kind(in.Kind)}
	page, next, err := c.Inspections.Templates(ctx, c.Actor.Workspace, f, in.Cursor, in.Limit)
	return listOf(page, next, templateViewOf), err
}
