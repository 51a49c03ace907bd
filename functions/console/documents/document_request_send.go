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

// DocumentRequestSend asks an owner for a document and shows the link, this once.
var DocumentRequestSend = api.Route{
	Name:    "console.document_request_send",
	Method:  http.MethodPost,
	Path:    "/documents/request",
	Summary: "Ask for a document",
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentRequestSend),
}

type uploadLinkView struct {
	look.Frame
	Title string
	Link  look.Code
	Until look.Moment
	To    string
}

var uploadLinkPage = look.Page(files, "document_request_send")

func documentRequestSend(ctx context.Context, c *api.Call, in askingFields) (api.Answer, error) {
	o := ownerOf(in.Owner)
	d, pass, err := c.Documents.Request(ctx, c.Actor, o, in.Type, in.asked(c))
	if page.Mine(err) {
		return askingForm(ctx, c, o, in, err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return uploadLink(ctx, c, d, pass)
}

func uploadLink(ctx context.Context, c *api.Call, d *document.Document, pass document.Pass) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "The link for the " + document.Title(d.Type), Section: "documents", Crumbs: []look.Link{toDocuments, {Text: record.DocumentTitle(d.Type), To: record.DocumentPath(d.ID)}}})
	if err != nil {
		return api.Answer{}, err
	}
	return page.Show(uploadLinkPage, uploadLinkView{
		Frame: f, Title: record.DocumentTitle(d.Type), Link: look.Code{ID: "upload-link", Label: "Upload link", Text: pass.URL}, Until: f.Exact(pass.Until), To: record.DocumentPath(d.ID),
	})
}
