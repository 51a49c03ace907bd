package insurance

import (
	"context"
	"net/http"
	"slices"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/insurance"
)

// InsuranceFileDrop takes a document off a policy.
var InsuranceFileDrop = api.Route{
	Name:    "console.insurance_file_drop",
	Method:  http.MethodPost,
	Path:    "/insurance/{id}/documents/{attachment}/drop",
	Summary: "Remove a document of a policy",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceFileDrop),
}

func insuranceFileDrop(ctx context.Context, c *api.Call, in insuranceFileInput) (api.Answer, error) {
	_, err := c.Insurance.EditPolicy(ctx, c.Actor, in.ID, func(t *insurance.Terms) error {
		t.Documents = slices.DeleteFunc(t.Documents, func(id string) bool { return id == in.Attachment })
		return nil
	}, 0, c.Now)
	if err != nil {
		return page.Back(record.PolicyPath(in.ID), err)
	}
	return page.Done(record.PolicyPath(in.ID), "policy-file-removed")
}
