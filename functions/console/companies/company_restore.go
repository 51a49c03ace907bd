package companies

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// CompanyRestore makes an archived company a customer again.
var CompanyRestore = api.Route{
	Name:    "console.company_restore",
	Method:  http.MethodPost,
	Path:    "/companies/{id}/restore",
	Summary: "Restore a company",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(companyRestore),
}

type companyRestoreInput struct {
	ID string `path:"id"`
}

func companyRestore(ctx context.Context, c *api.Call, in companyRestoreInput) (api.Answer, error) {
	if _, err := c.Companies.Restore(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.CompanyPath(in.ID), err)
	}
	return page.Done(record.CompanyPath(in.ID), "company-restored")
}
