package documents

import (
	"context"
	"net/http"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/document"
)

// ListNotices shows who was told that documents expire, a page at a time.
var ListNotices = api.Route{
	Name:    "documents.list_notices",
	Method:  http.MethodGet,
	Path:    "/v1/document-notices",
	Summary: "List expiry notices",
	About:   "What was told about each owner's documents, the newest first, for 400 days. To whom is said by what they are to the owner.",
	Allow:   access.ViewPeople,
	Faults:  []string{"cursor.invalid"},
	Handle:  rest.JSON(listNotices),
}

type listNoticesInput struct {
	api.Paging
}

type noticeView struct {
	At    time.Time         `json:"at" doc:"When it was told"`
	Owner events.PaperOwner `json:"owner" doc:"Whose documents they are"`
	To    []string          `json:"to" nullable:"false" doc:"customer, manager and location: who could be reached" example:"[\"customer\",\"manager\"]"`
	Lines []noticeLine      `json:"lines" nullable:"false"`
}

type noticeLine struct {
	Document string `json:"document" example:"doc_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Type     string `json:"type" example:"licence"`
	Expires  string `json:"expires" format:"date" example:"2027-05-10"`
	DaysLeft int    `json:"days_left" doc:"Days until the last day when it was told; below zero when it was over" example:"7"`
}

func listNotices(ctx context.Context, c *api.Call, in listNoticesInput) (api.List[noticeView], error) {
	page, next, err := c.Documents.Log(ctx, c.Actor, in.Cursor, in.Limit)
	if err != nil {
		return api.List[noticeView]{}, err
	}
	out := make([]noticeView, len(page))
	for i, t := range page {
		out[i] = noticeOf(t)
	}
	return api.ListOf(out, next), nil
}

func noticeOf(t document.Told) noticeView {
	v := noticeView{At: t.At, Owner: events.PaperOwner(t.Owner), To: append([]string{}, t.To...), Lines: []noticeLine{}}
	for _, l := range t.Lines {
		v.Lines = append(v.Lines, noticeLine{l.Document, l.Type, l.Expires.String(), l.Days})
	}
	return v
}
