package documents

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/document"
)

// DocumentAnew is the form that replaces what a document says.
var DocumentAnew = api.Route{
	Name:    "console.document_anew",
	Method:  http.MethodGet,
	Path:    "/documents/{id}/submit",
	Summary: "The form that hands a document in anew",
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentAnew),
}

type documentAnewInput struct {
	ID string `path:"id"`
}

func documentAnew(ctx context.Context, c *api.Call, in documentAnewInput) (api.Answer, error) {
	d, err := c.Documents.Document(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	return anewForm(ctx, c, d, documentFields{Version: d.Version, Class: d.Paper.Class, State: d.Paper.State, Country: d.Paper.Country}, nil)
}

func anewForm(ctx context.Context, c *api.Call, d *document.Document, in documentFields, because error) (api.Answer, error) {
	self := record.DocumentPath(d.ID)
	fr := look.Frame{
		Title: "A new " + document.Title(d.Type), Lead: "What was handed in before is kept beside it, and counts until this one is verified or rejected.",
		Crumbs: []look.Link{{Text: record.DocumentTitle(d.Type), To: self}},
	}
	return fileForm(ctx, c, in, d.Owner, because, fr, documentFormView{Action: self + "/submit", Cancel: self, Do: "Hand in"})
}
