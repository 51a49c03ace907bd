package webhooks

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// EndpointReveal shows the signing secrets; the audit log says so.
var EndpointReveal = api.Route{
	Name:    "console.endpoint_reveal",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/endpoints/{id}/secret",
	Summary: "Reveal the signing secret",
	Allow:   access.RevealSecrets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointReveal),
}

type endpointRevealInput struct {
	ID string `path:"id"`
}

func endpointReveal(ctx context.Context, c *api.Call, in endpointRevealInput) (api.Answer, error) {
	e, secrets, err := c.Webhooks.Reveal(ctx, c.Actor, in.ID, c.Now)
	if err != nil {
		return page.Back(record.EndpointPath(in.ID), err)
	}
	return showSecret(ctx, c, e, secrets, "Signing secret")
}
