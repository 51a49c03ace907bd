package lists

import (
	"context"
	"net/http"
	"net/url"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/exporting"
	"motorpool/shared/fault"
)

// ExportCreate asks for a list as a file, with the filters that it is shown with.
var ExportCreate = api.Route{
	Name:    "console.export_create",
	Method:  http.MethodPost,
	Path:    "/exports",
	Summary: "Export a list",
	Allow:   access.RunExports,
	Door:    api.SessionDoor,
	Handle:  page.Handler(exportCreate),
}

type exportCreateInput struct {
	List    string `form:"list"`
	Filters string `form:"filters"` // as a query: "state=open&type=damage"
}

func exportCreate(ctx context.Context, c *api.Call, in exportCreateInput) (api.Answer, error) {
	shown, err := url.ParseQuery(in.Filters)
	if err != nil {
		return api.Answer{}, fault.New(fault.Invalid, "export.filter", "These filters cannot be read. Open the list again, and choose Export.").At("filters").Because(err)
	}
	filters := map[string]string{}
	for name := range shown {
		filters[name] = shown.Get(name)
	}
	if _, err := c.Exports.Create(ctx, c.Actor, exporting.Order{List: in.List, Filters: filters, BOM: true}, c.Now); err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.ExportsPath, "export-created")
}
