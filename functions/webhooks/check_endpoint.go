package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/checkup"
)

// CheckEndpoint examines the receiver behind an endpoint.
var CheckEndpoint = api.Route{
	Name:    "webhooks.check_endpoint",
	Method:  http.MethodPost,
	Path:    "/v1/webhook-endpoints/{id}/check",
	Summary: "Check the receiver",
	About:   "Sends a right message, a wrong signature, an old timestamp, a repetition and a large body, and reports how the receiver took each. Nothing of it is logged as a delivery or counts against the endpoint. Takes up to 25 seconds if the receiver is slow.",
	Allow:   access.ManageWebhooks,
	Faults:  []string{"webhook.endpoint_not_found"},
	Handle:  rest.JSON(checkEndpoint),
}

type checkEndpointInput struct {
	ID string `path:"id" maxLength:"40"`
}

func checkEndpoint(ctx context.Context, c *api.Call, in checkEndpointInput) (checkup.Report, error) {
	r, err := c.Webhooks.Examine(ctx, c.Actor, in.ID, c.Now)
	if err != nil {
		return checkup.Report{}, err
	}
	return checkup.Run(ctx, c.Webhooks.Sender, checkup.Target(r), c.Webhooks.Now), nil
}
