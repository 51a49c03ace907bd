package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// TestEndpoint sends the example of a type of event to one endpoint.
var TestEndpoint = api.Route{
	Name:    "webhooks.test_endpoint",
	Method:  http.MethodPost,
	Path:    "/v1/webhook-endpoints/{id}/test",
	Summary: "Send a test event",
	About:   "The example of the type, as a new event that no other endpoint and no list of events gets. It is signed, logged and retried like any delivery, and sent even if the endpoint is paused or disabled. The answer is the delivery; read it again to see what came of it.",
	Allow:   access.ManageWebhooks,
	Status:  http.StatusAccepted,
	Faults:  []string{"webhook.endpoint_not_found", "webhook.type"},
	Handle:  rest.JSON(testEndpoint),
}

type testEndpointInput struct {
	ID   string `path:"id" maxLength:"40"`
	Body testEndpointBody
}

type testEndpointBody struct {
	Type string `json:"type" maxLength:"100" doc:"One of the catalogue" example:"asset.updated"`
}

func testEndpoint(ctx context.Context, c *api.Call, in testEndpointInput) (deliveryView, error) {
	d, err := c.Webhooks.Test(ctx, c.Actor, in.ID, in.Body.Type, c.Now)
	if err != nil {
		return deliveryView{}, err
	}
	return deliveryViewOf(d), nil
}
