package console

import (
	"context"
	"net/http"

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
	Handle:  page(companyMerge),
}

type companyMergeInput struct {
	ID   string `path:"id"`
	Into string `form:"into"`
}

func companyMerge(ctx context.Context, c *api.Call, in companyMergeInput) (api.Answer, error) {
	if _, err := c.Companies.Merge(ctx, c.Actor, in.ID, text(in.Into), 0, c.Now); err != nil {
		return back(companyPath(in.ID), err)
	}
	return done(companyPath(text(in.Into)), "company-merged")
}
