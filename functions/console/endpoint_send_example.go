package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// EndpointSendExample sends the example of a type of event and shows its delivery.
var EndpointSendExample = api.Route{
	Name:    "console.endpoint_send_example",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/endpoints/{id}/send-example",
	Summary: "Send a test event",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page(endpointSendExample),
}

type endpointSendExampleInput struct {
	ID   string `path:"id"`
	Type string `form:"type"`
}

func endpointSendExample(ctx context.Context, c *api.Call, in endpointSendExampleInput) (api.Answer, error) {
	d, err := c.Webhooks.Test(ctx, c.Actor, in.ID, in.Type, c.Now)
	if err != nil {
		return back(endpointPath(in.ID), err)
	}
	return done(deliveryPath(d.ID), "test-sent")
}
