package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/webhook"
)

// CreateEndpoint registers an address that will receive the workspace's events.
// The signing secret is in this answer; later only get_secret shows it.
var CreateEndpoint = api.Route{
	Name:    "webhooks.create_endpoint",
	Method:  http.MethodPost,
	Path:    "/v1/webhook-endpoints",
	Summary: "Add an endpoint",
	About:   "Begins to receive at once. The answer holds the signing secret. Raises `webhook_endpoint.created`. A workspace has at most 100 endpoints.",
	Allow:   access.ManageWebhooks,
	Status:  http.StatusCreated,
	Faults:  []string{"webhook.url", "webhook.events", "webhook.header", "webhook.rate_limit", "webhook.description", "webhook.too_many_endpoints"},
	Handle:  rest.JSON(createEndpoint),
}

type createEndpointInput struct {
	Body webhook.Registration
}

type createEndpointOutput struct {
	endpointView
	Secret    string `json:"secret" doc:"Verify v1 signatures with it: whsec_ and base64"`
	PublicKey string `json:"public_key,omitempty" doc:"Verify v1a signatures with it, if the endpoint is asymmetric: whpk_ and base64"`
}

func createEndpoint(ctx context.Context, c *api.Call, in createEndpointInput) (createEndpointOutput, error) {
	e, ring, err := c.Webhooks.Register(ctx, c.Actor, in.Body, c.Now)
	if err != nil {
		return createEndpointOutput{}, err
	}
	s := secretViewOf(e, ring.Secrets[0])
	return createEndpointOutput{endpointViewOf(e), s.Secret, s.PublicKey}, nil
}
