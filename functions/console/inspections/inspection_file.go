package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// InspectionFile leads to a photo or the report of an inspection.
var InspectionFile = api.Route{
	Name:    "console.inspection_file",
	Method:  http.MethodGet,
	Path:    "/inspections/{id}/files/{file}",
	Summary: "A file of an inspection",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inspectionFile),
}

type inspectionFileInput struct {
	ID   string `path:"id"`
	File string `path:"file"`
	Size int    `query:"size"`
}

func inspectionFile(ctx context.Context, c *api.Call, in inspectionFileInput) (api.Answer, error) {
	i, err := c.Inspections.Inspection(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	return fileOf(ctx, c, i, in.File, in.Size)
}
