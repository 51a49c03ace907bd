package documents

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/document"
)

// ListDocuments shows documents, a page at a time.
var ListDocuments = api.Route{
	Name:    "documents.list_documents",
	Method:  http.MethodGet,
	Path:    "/v1/documents",
	Summary: "List documents",
	About:   "Without `owner`, `state` or `q`, those that wait to be looked at, the longest waiting first. A page may be short when filters are narrow: go on while there is a `next_cursor`.",
	Allow:   access.ViewPeople,
	Faults:  []string{"document.pii", "cursor.invalid"},
	Handle:  rest.JSON(listDocuments),
}

type listDocumentsInput struct {
	api.Paging
	Owner string `query:"owner" maxLength:"60" doc:"per_…, com_… or ast_…: the newest first" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Type  string `query:"type" enum:"licence,passport,proof_of_address,proof_of_insurance,visa,registration,insurance,other"`
	State string `query:"state" enum:"requested,submitted,verified,rejected,expired"`
	Until int    `query:"expires_within" minimum:"1" maximum:"365" doc:"Days: what is good for no longer, the soonest first" example:"30"`
	Q     string `query:"q" maxLength:"60" doc:"The beginning of a number, whatever its case, spaces and hyphens; needs people.view_pii" example:"2093"`
}

func listDocuments(ctx context.Context, c *api.Call, in listDocumentsInput) (api.List[documentView], error) {
	f := document.Filter{Owner: in.Owner, Type: in.Type, State: document.State(in.State), Q: in.Q, Until: in.Until}
	page, next, err := c.Documents.Documents(ctx, c.Actor, f, in.Cursor, in.Limit, c.Now)
	if err != nil {
		return api.List[documentView]{}, err
	}
	return listOf(ctx, c, page, next)
}
