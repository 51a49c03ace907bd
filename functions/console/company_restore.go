package console

import (
	"context"
	"net/http"

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
	Handle:  page(companyRestore),
}

type companyRestoreInput struct {
	ID string `path:"id"`
}

func companyRestore(ctx context.Context, c *api.Call, in companyRestoreInput) (api.Answer, error) {
	if _, err := c.Companies.Restore(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return back(companyPath(in.ID), err)
	}
	return done(companyPath(in.ID), "company-restored")
}
