package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetSecret reveals the signing secrets that are live.
var GetSecret = api.Route{
	Name:    "webhooks.get_secret",
	Method:  http.MethodGet,
	Path:    "/v1/webhook-endpoints/{id}/secret",
	Summary: "Reveal the signing secret",
	About:   "Leaves an entry in the audit log.",
	Allow:   access.RevealSecrets,
	Faults:  []string{"webhook.endpoint_not_found"},
	Handle:  rest.JSON(getSecret),
}

type getSecretInput struct {
	ID string `path:"id" maxLength:"40"`
}

func getSecret(ctx context.Context, c *api.Call, in getSecretInput) (secretsView, error) {
	e, live, err := c.Webhooks.Reveal(ctx, c.Actor, in.ID, c.Now)
	if err != nil {
		return secretsView{}, err
	}
	return secretsViewOf(e, live), nil
}
