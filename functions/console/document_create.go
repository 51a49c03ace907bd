package console

import (
	"context"
	"net/http"

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
	Handle:  page(documentCreate),
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
			return done(documentPath(d.ID), "document-added")
		}
	}
	if mine(err) {
		return newDocumentForm(ctx, c, in, err)
	}
	return api.Answer{}, err
}
