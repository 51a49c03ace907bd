package deliveries

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// DeliveryResend begins a new round of a delivery.
var DeliveryResend = api.Route{
	Name:    "console.delivery_resend",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/deliveries/{id}/resend",
	Summary: "Resend a delivery",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(deliveryResend),
}

type deliveryResendInput struct {
	ID string `path:"id"`
}

func deliveryResend(ctx context.Context, c *api.Call, in deliveryResendInput) (api.Answer, error) {
	if _, err := c.Webhooks.Resend(ctx, c.Actor, in.ID, c.Now); err != nil {
		return page.Back(record.DeliveryPath(in.ID), err)
	}
	return page.Done(record.DeliveryPath(in.ID), "delivery-resent")
}
