package lists

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/exporting"
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
	List     string `form:"list"`
	Q        string `form:"q"`
	Status   string `form:"status"`
	Category string `form:"category"`
	Type     string `form:"type"`
	Location string `form:"location"`
}

func exportCreate(ctx context.Context, c *api.Call, in exportCreateInput) (api.Answer, error) {
	filters := map[string]string{}
	for name, value := range map[string]string{"q": in.Q, "status": in.Status, "category": in.Category, "type": in.Type, "location": in.Location} {
		if page.Trim(value) != "" {
			filters[name] = page.Trim(value)
		}
	}
	_, err := c.Exports.Create(ctx, c.Actor, exporting.Order{List: in.List, Filters: filters, BOM: true}, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.ExportsPath, "export-created")
}
