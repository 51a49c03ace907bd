package documents

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/document"
)

// DocumentCreate stores a document with its files.
var DocumentCreate = api.Route{
	Name:    "console.document_create",
	Method:  http.MethodPost,
	Path:    "/documents",
	Summary: "Add a document",
	Door:    api.SessionDoor,
	MaxBody: maxForm,
	Handle:  page.Handler(documentCreate),
}

func documentCreate(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	in, err := documentForm(c)
	if err != nil {
		return newDocumentForm(ctx, c, in, err)
	}
	var say document.Details
	if err = in.describe(ctx, c, &say); err == nil {
		var d *document.Document
		if d, err = c.Documents.Add(ctx, c.Actor, ownerOf(in.Owner), in.Type, say, c.Now); err == nil {
			return page.Done(record.DocumentPath(d.ID), "document-added")
		}
	}
	if page.Mine(err) {
		return newDocumentForm(ctx, c, in, err)
	}
	return api.Answer{}, err
}
