package lists

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ExportFile leads to the file of an export.
var ExportFile = api.Route{
	Name:    "console.export_file",
	Method:  http.MethodGet,
	Path:    "/exports/{id}/file",
	Summary: "Download an export",
	Allow:   access.RunExports,
	Door:    api.SessionDoor,
	Handle:  page.Handler(exportFile),
}

type exportFileInput struct {
	ID string `path:"id"`
}

func exportFile(ctx context.Context, c *api.Call, in exportFileInput) (api.Answer, error) {
	url, _, err := c.Exports.Link(ctx, c.Actor, in.ID, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	return api.Redirect(url), nil
}
