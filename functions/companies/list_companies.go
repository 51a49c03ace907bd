package companies

import (
	"context"
	"net/http"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/company"
)

// ListCompanies shows the companies, a page at a time.
var ListCompanies = api.Route{
	Name:    "companies.list_companies",
	Method:  http.MethodGet,
	Path:    "/v1/companies",
	Summary: "List companies",
	About:   "Newest first, unless `sort` says otherwise; with `q` in the order of what they were found by. Archived companies are listed only with `status=archived`. A page may be short when filters are narrow: go on while there is a `next_cursor`.",
	Allow:   access.ViewPeople,
	Faults:  []string{"cursor.invalid"},
	Handle:  rest.JSON(listCompanies),
}

type listCompaniesInput struct {
	api.Paging
	Status string `query:"status" enum:"active,archived"`
	Tag    string `query:"tag"`
	Q      string `query:"q" maxLength:"100" doc:"The beginning of a name or of one of its words, of a tax number, or of an address for bills, whatever the case, spaces and hyphens" example:"blue g"`
	Sort   string `query:"sort" enum:"newest,name" doc:"newest unless you say otherwise"`
}

func listCompanies(ctx context.Context, c *api.Call, in listCompaniesInput) (api.List[events.Company], error) {
	f := company.Filter{Status: company.Status(in.Status), Tag: in.Tag, Q: in.Q, ByName: in.Sort == "name"}
	page, next, err := c.Companies.Companies(ctx, c.Actor.Workspace, f, in.Cursor, in.Limit)
	return listOf(page, next, (*company.Company).Object), err
}
