package documents

import (
	"context"
	"net/http"
	"slices"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/document"
)

// DocumentRequest is the form that asks an owner for a document.
var DocumentRequest = api.Route{
	Name:    "console.document_request",
	Method:  http.MethodGet,
	Path:    "/documents/request",
	Summary: "The form that asks for a document",
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentRequest),
}

type documentRequestInput struct {
	Owner string `query:"owner"`
}

// askingFields is the form that asks for a document, as a browser posts it.
type askingFields struct {
	ID      string   `path:"id"`
	Owner   string   `form:"owner"`
	Type    string   `form:"type"`
	Message string   `form:"message"`
	Sides   []string `form:"sides"`
}

func (in askingFields) asked(c *api.Call) document.Asked {
	return document.Asked{At: c.Now, Message: in.Message, Sides: in.Sides}
}

type askingView struct {
	look.Frame
	Action, Cancel string
	Owner          string
	Wrong          *look.Notice
	Fields         []look.Field
	Sides          []look.Option
}

var askingPage = look.Page(files, "document_request")

func documentRequest(ctx context.Context, c *api.Call, in documentRequestInput) (api.Answer, error) {
	return askingForm(ctx, c, ownerOf(in.Owner), askingFields{Owner: in.Owner, Sides: []string{"front"}}, nil)
}

// askingForm asks for a new document of an owner, or again for the one of ID.
func askingForm(ctx context.Context, c *api.Call, o document.Owner, in askingFields, because error) (api.Answer, error) {
	who, err := ownerLink(ctx, c, o)
	if err != nil {
		return api.Answer{}, err
	}
	to := documentsTab(o)
	f, err := page.Frame(ctx, c, look.Frame{Title: "Ask for a document", Section: "documents", Lead: "You get a link that works for seven days. Whoever has it sees what is asked for, and nothing of whom.", Crumbs: []look.Link{toDocuments, {Text: who.Text, To: to}}})
	if err != nil {
		return api.Answer{}, err
	}
	v := askingView{Frame: f, Action: "/documents/request", Cancel: to, Owner: o.ID}
	if in.ID == "" {
		v.Fields = append(v.Fields, look.Field{Name: "type", Label: "Type", Type: "select", Required: true, Options: typesOf(o, in.Type)})
	} else {
		v.Action, v.Cancel = record.DocumentPath(in.ID)+"/ask", record.DocumentPath(in.ID)
	}
	v.Fields = append(v.Fields, look.Field{Name: "message", Label: "Message", Value: in.Message, Type: "textarea", Max: 500, Wide: true, Hint: "What they read above the form."})
	for _, side := range []string{"front", "back"} {
		v.Sides = append(v.Sides, look.Option{Value: side, Text: page.TitleOf(side), Chosen: slices.Contains(in.Sides, side)})
	}
	v.Wrong = page.Wrong(because, v.Fields)
	if because != nil {
		return page.Again(askingPage, v)
	}
	return page.Show(askingPage, v)
}
