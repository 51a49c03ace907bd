package documents

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/audit"
)

// ListDocumentHistory shows what was done to a document, newest first.
var ListDocumentHistory = api.Route{
	Name:    "documents.list_document_history",
	Method:  http.MethodGet,
	Path:    "/v1/documents/{id}/history",
	Summary: "List the history of a document",
	About:   "Who did what, when and from where, without what identifies a person. Entries are kept for seven years.",
	Allow:   access.ViewPeople,
	Faults:  []string{"document.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listDocumentHistory),
}

type listDocumentHistoryInput struct {
	ID string `path:"id"`
	api.Paging
}

func listDocumentHistory(ctx context.Context, c *api.Call, in listDocumentHistoryInput) (api.List[audit.Entry], error) {
	page, next, err := c.Documents.History(ctx, c.Actor, in.ID, in.Cursor, in.Limit)
	return api.ListOf(page, next), err
}
