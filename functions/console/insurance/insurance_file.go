package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// InsuranceFile leads to one of a policy's documents, for some minutes.
var InsuranceFile = api.Route{
	Name:    "console.insurance_file",
	Method:  http.MethodGet,
	Path:    "/insurance/{id}/documents/{attachment}",
	Summary: "A policy's document",
	Allow:   access.ViewExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceFile),
}

type insuranceFileInput struct {
	ID         string `path:"id"`
	Attachment string `path:"attachment"`
}

func insuranceFile(ctx context.Context, c *api.Call, in insuranceFileInput) (api.Answer, error) {
	url, err := c.Insurance.PolicyFile(ctx, c.Actor, in.ID, in.Attachment)
	if err != nil {
		return page.Back(record.PolicyPath(in.ID), err)
	}
	return api.Redirect(url), nil
}
