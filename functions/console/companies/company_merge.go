package companies

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// CompanyMerge makes one company of two.
var CompanyMerge = api.Route{
	Name:    "console.company_merge",
	Method:  http.MethodPost,
	Path:    "/companies/{id}/merge",
	Summary: "Merge a company",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(companyMerge),
}

type companyMergeInput struct {
	ID   string `path:"id"`
	Into string `form:"into"`
}

func companyMerge(ctx context.Context, c *api.Call, in companyMergeInput) (api.Answer, error) {
	if _, err := c.Companies.Merge(ctx, c.Actor, in.ID, page.Trim(in.Into), 0, c.Now); err != nil {
		return page.Back(record.CompanyPath(in.ID), err)
	}
	return page.Done(record.CompanyPath(page.Trim(in.Into)), "company-merged")
}
