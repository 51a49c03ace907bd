package webhooks

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(endpointSendExample),
}

type endpointSendExampleInput struct {
	ID   string `path:"id"`
	Type string `form:"type"`
}

func endpointSendExample(ctx context.Context, c *api.Call, in endpointSendExampleInput) (api.Answer, error) {
	d, err := c.Webhooks.Test(ctx, c.Actor, in.ID, in.Type, c.Now)
	if err != nil {
		return page.Back(record.EndpointPath(in.ID), err)
	}
	return page.Done(record.DeliveryPath(d.ID), "test-sent")
}
