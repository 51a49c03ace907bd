package companies

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(companyArchive),
}

type companyArchiveInput struct {
	ID string `path:"id"`
}

func companyArchive(ctx context.Context, c *api.Call, in companyArchiveInput) (api.Answer, error) {
	if _, err := c.Companies.Archive(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.CompanyPath(in.ID), err)
	}
	return page.Done(record.CompanyPath(in.ID), "company-archived")
}
