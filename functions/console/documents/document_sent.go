package documents

import (
	"context"
	"net/http"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// DocumentSent shows who was told that documents expire: the log that keeps anything from
// being told twice.
var DocumentSent = api.Route{
	Name:    "console.document_sent",
	Method:  http.MethodGet,
	Path:    "/settings/documents/sent",
	Summary: "What was told about documents",
	Allow:   access.ManageSettings,
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentSent),
}

type documentSentInput struct {
	Cursor string `query:"cursor"`
}

type documentSentView struct {
	look.Frame
	Rows  []sentRow
	Pager look.Pager
	Empty look.Empty
}

type sentRow struct {
	At    look.Moment
	Owner look.Link
	Lines []look.Link
	To    string
}

var documentSentPage = look.Page(files, "document_sent")

func documentSent(ctx context.Context, c *api.Call, in documentSentInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "What was told about documents", Section: "document-settings", Crumbs: []look.Link{{Text: "Document expiry", To: "/settings/documents"}}, Lead: "Kept for 400 days."})
	if err != nil {
		return api.Answer{}, err
	}
	list, next, err := c.Documents.Log(ctx, c.Actor, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	v := documentSentView{Frame: f, Pager: page.Pager(look.Count(len(list), "digest", "digests"), in.Cursor, next, "/settings/documents/sent")}
	for _, t := range list {
		row := sentRow{At: f.When(t.At), To: strings.Join(t.To, ", ")}
		if row.Owner, err = ownerLink(ctx, c, t.Owner); err != nil {
			return api.Answer{}, err
		}
		for _, l := range t.Lines {
			row.Lines = append(row.Lines, look.Link{Text: record.DocumentTitle(l.Type) + ", good until " + l.Expires.String(), To: record.DocumentPath(l.Document)})
		}
		v.Rows = append(v.Rows, row)
	}
	v.Empty = look.Empty{Icon: "log", Title: "Nothing was told yet", Text: "At 7 in the morning it is looked at what expires; who was told stands here."}
	return page.Show(documentSentPage, v)
}
