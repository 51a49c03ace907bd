package lists

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ImportErrors leads to the file of the rows that were refused.
var ImportErrors = api.Route{
	Name:    "console.import_errors",
	Method:  http.MethodGet,
	Path:    "/imports/{id}/errors",
	Summary: "Download what was refused",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(importErrors),
}

type importErrorsInput struct {
	ID string `path:"id"`
}

func importErrors(ctx context.Context, c *api.Call, in importErrorsInput) (api.Answer, error) {
	url, _, err := c.Imports.ErrorFile(ctx, c.Actor, in.ID, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	return api.Redirect(url), nil
}
