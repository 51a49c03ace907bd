package lists

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ImportCheck says what the columns are, and begins the dry run.
var ImportCheck = api.Route{
	Name:    "console.import_check",
	Method:  http.MethodPost,
	Path:    "/imports/{id}/check",
	Summary: "Map the columns and make a dry run",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(importCheck),
}

type importCheckInput struct {
	ID      string   `path:"id"`
	Columns []string `form:"columns"`
}

func importCheck(ctx context.Context, c *api.Call, in importCheckInput) (api.Answer, error) {
	_, err := c.Imports.Map(ctx, c.Actor, in.ID, in.Columns, c.Now)
	if err == nil {
		_, err = c.Imports.Check(ctx, c.Actor, in.ID, c.Now)
	}
	if err == nil {
		return page.Done(importPath(in.ID), "import-checking")
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
