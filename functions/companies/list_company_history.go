package companies

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/audit"
)

// ListCompanyHistory shows what was done to a company, newest first.
var ListCompanyHistory = api.Route{
	Name:    "companies.list_company_history",
	Method:  http.MethodGet,
	Path:    "/v1/companies/{id}/history",
	Summary: "List the history of a company",
	About:   "Who changed what, when and from where. Entries are kept for seven years.",
	Allow:   access.ViewPeople,
	Faults:  []string{"company.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listCompanyHistory),
}

type listCompanyHistoryInput struct {
	ID string `path:"id"`
	api.Paging
}

func listCompanyHistory(ctx context.Context, c *api.Call, in listCompanyHistoryInput) (api.List[audit.Entry], error) {
	page, next, err := c.Companies.History(ctx, c.Actor.Workspace, in.ID, in.Cursor, in.Limit)
	return api.ListOf(page, next), err
}
