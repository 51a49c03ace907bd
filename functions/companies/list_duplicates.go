package companies

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListDuplicates shows which other companies may be the same one.
var ListDuplicates = api.Route{
	Name:    "companies.list_duplicates",
	Method:  http.MethodGet,
	Path:    "/v1/companies/{id}/duplicates",
	Summary: "List the duplicates of a company",
	About:   "Other active companies that share its tax number, one of its names or one of its addresses for bills. Branches may: nothing is refused. Merge them if they are one.",
	Allow:   access.ViewPeople,
	Faults:  []string{"company.not_found"},
	Handle:  rest.JSON(listDuplicates),
}

func listDuplicates(ctx context.Context, c *api.Call, in byID) (api.List[duplicateView], error) {
	co, err := c.Companies.Company(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.List[duplicateView]{}, err
	}
	all, err := c.Companies.Duplicates(ctx, co)
	return listOf(all, "", duplicateOf), err
}
