package documents

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
)

// DocumentNew is the form that adds a document which was shown to the reader.
var DocumentNew = api.Route{
	Name:    "console.document_new",
	Method:  http.MethodGet,
	Path:    "/documents/new",
	Summary: "The form that adds a document",
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentNew),
}

type documentNewInput struct {
	Owner string `query:"owner"`
	Type  string `query:"type"`
}

func documentNew(ctx context.Context, c *api.Call, in documentNewInput) (api.Answer, error) {
	return newDocumentForm(ctx, c, documentFields{Owner: in.Owner, Type: in.Type}, nil)
}

func newDocumentForm(ctx context.Context, c *api.Call, in documentFields, because error) (api.Answer, error) {
	o := ownerOf(in.Owner)
	fr := look.Frame{Title: "Add a document", Lead: "One that was shown or sent to you. Somebody verifies it then."}
	return fileForm(ctx, c, in, o, because, fr, documentFormView{Action: "/documents", Cancel: documentsTab(o), Do: "Add document"})
}
