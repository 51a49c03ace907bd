package documents

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/document"
)

// DocumentSubmit hands a document in anew.
var DocumentSubmit = api.Route{
	Name:    "console.document_submit",
	Method:  http.MethodPost,
	Path:    "/documents/{id}/submit",
	Summary: "Hand in a document",
	Door:    api.SessionDoor,
	MaxBody: maxForm,
	Handle:  page.Handler(documentSubmit),
}

type documentSubmitInput struct {
	ID string `path:"id"`
}

func documentSubmit(ctx context.Context, c *api.Call, at documentSubmitInput) (api.Answer, error) {
	d, err := c.Documents.Document(ctx, c.Actor, at.ID)
	if err != nil {
		return api.Answer{}, err
	}
	in, err := documentForm(c)
	if err != nil {
		return anewForm(ctx, c, d, in, err)
	}
	in.Type = d.Type
	var say document.Details
	if err = in.describe(ctx, c, &say); err == nil {
		_, err = c.Documents.Submit(ctx, c.Actor, at.ID, func(is *document.Details) error { *is = say; return nil }, in.Version, c.Now)
	}
	switch {
	case err == nil:
		return page.Done(record.DocumentPath(at.ID), "document-sent")
	case page.Mine(err):
		return anewForm(ctx, c, d, in, err)
	}
	return page.Back(record.DocumentPath(at.ID), err)
}
