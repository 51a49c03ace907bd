package lists

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ImportApply does what the dry run promised.
var ImportApply = api.Route{
	Name:    "console.import_apply",
	Method:  http.MethodPost,
	Path:    "/imports/{id}/apply",
	Summary: "Apply an import",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(importApply),
}

func importApply(ctx context.Context, c *api.Call, in importPageInput) (api.Answer, error) {
	_, err := c.Imports.Apply(ctx, c.Actor, in.ID, c.Now)
	if err == nil {
		return page.Done(importPath(in.ID), "import-applied")
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
