package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/insurance"
)

// InsuranceFileAdd makes uploads documents of a policy.
var InsuranceFileAdd = api.Route{
	Name:    "console.insurance_file_add",
	Method:  http.MethodPost,
	Path:    "/insurance/{id}/documents",
	Summary: "Add uploaded documents to a policy",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceFileAdd),
}

type insuranceFileAddInput struct {
	ID   string   `path:"id"`
	File []string `form:"file"`
}

func insuranceFileAdd(ctx context.Context, c *api.Call, in insuranceFileAddInput) (api.Answer, error) {
	_, err := c.Insurance.EditPolicy(ctx, c.Actor, in.ID, func(t *insurance.Terms) error {
		t.Documents = append(t.Documents, in.File...)
		return nil
	}, 0, c.Now)
	if err != nil {
		return page.Back(record.PolicyPath(in.ID), err)
	}
	return page.Done(record.PolicyPath(in.ID), "policy-file")
}
