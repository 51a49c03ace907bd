package console

import (
	"context"
	"net/http"

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
	Handle:  page(deliveryResend),
}

type deliveryResendInput struct {
	ID string `path:"id"`
}

func deliveryResend(ctx context.Context, c *api.Call, in deliveryResendInput) (api.Answer, error) {
	if _, err := c.Webhooks.Resend(ctx, c.Actor, in.ID, c.Now); err != nil {
		return back(deliveryPath(in.ID), err)
	}
	return done(deliveryPath(in.ID), "delivery-resent")
}
