package companies

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ArchiveCompany takes a company off the list of customers.
var ArchiveCompany = api.Route{
	Name:    "companies.archive_company",
	Method:  http.MethodPost,
	Path:    "/v1/companies/{id}/archive",
	Summary: "Archive a company",
	About:   "It leaves the lists, cannot be edited, and keeps its contacts and its history. Restore it to bring it back. Raises `company.archived`.",
	Allow:   access.EditPeople,
	Faults:  []string{"company.not_found", "company.stale", "company.archived"},
	Handle:  rest.JSON(archiveCompany),
}

type archiveCompanyInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func archiveCompany(ctx context.Context, c *api.Call, in archiveCompanyInput) (companyView, error) {
	version, err := in.Version()
	if err != nil {
		return companyView{}, err
	}
	co, err := c.Companies.Archive(ctx, c.Actor, in.ID, version, c.Now)
	return viewOf(co), err
}
