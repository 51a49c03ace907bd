package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// PersonExportFile leads to a file of an export of a customer.
var PersonExportFile = api.Route{
	Name:    "console.person_export_file",
	Method:  http.MethodGet,
	Path:    "/people/{id}/exports/{export}/files/{file}",
	Summary: "Download a file of a person's export",
	Allow:   access.AnonymisePeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(personExportFile),
}

type personExportFileInput struct {
	ID     string `path:"id"`
	Export string `path:"export"`
	File   string `path:"file"`
}

func personExportFile(ctx context.Context, c *api.Call, in personExportFileInput) (api.Answer, error) {
	made, err := c.People.Copy(ctx, c.Actor, in.ID, in.Export, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	links, err := c.People.CopyLinks(ctx, made)
	if err != nil {
		return api.Answer{}, err
	}
	for n, link := range links {
		if made.Files[n].Attachment == in.File {
			return api.Redirect(link), nil
		}
	}
	return api.Answer{}, fault.New(fault.NotFound, "person_export.not_found", "This export has no such file any more. Ask for another export.")
}
