package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// CompanyArchive takes a company off the list of customers.
var CompanyArchive = api.Route{
	Name:    "console.company_archive",
	Method:  http.MethodPost,
	Path:    "/companies/{id}/archive",
	Summary: "Archive a company",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page(companyArchive),
}

type companyArchiveInput struct {
	ID string `path:"id"`
}

func companyArchive(ctx context.Context, c *api.Call, in companyArchiveInput) (api.Answer, error) {
	if _, err := c.Companies.Archive(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return back(companyPath(in.ID), err)
	}
	return done(companyPath(in.ID), "company-archived")
}
