package lists

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ImportCancel stops an import.
var ImportCancel = api.Route{
	Name:    "console.import_cancel",
	Method:  http.MethodPost,
	Path:    "/imports/{id}/cancel",
	Summary: "Cancel an import",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(importCancel),
}

func importCancel(ctx context.Context, c *api.Call, in importPageInput) (api.Answer, error) {
	_, err := c.Imports.Cancel(ctx, c.Actor, in.ID, c.Now)
	if err == nil {
		return page.Done(importPath(in.ID), "import-cancelled")
	}
	if !page.Mine(err) {
		return api.Answer{}, err
	}
	v, failed := importPageInput{ID: in.ID}.view(ctx, c)
	if failed != nil {
		return api.Answer{}, failed
	}
	v.Problem = &look.Notice{Tone: "bad", Title: "This was not done.", Text: sentenceOf(err)}
	return page.Again(importPagePage, v)
}
