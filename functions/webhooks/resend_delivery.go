package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ResendDelivery begins a new round of a delivery.
var ResendDelivery = api.Route{
	Name:    "webhooks.resend_delivery",
	Method:  http.MethodPost,
	Path:    "/v1/webhook-deliveries/{id}/resend",
	Summary: "Resend a delivery",
	About:   "Whatever became of it: one that succeeded, too. A retry that waits gives way to the new round. The endpoint must be enabled.",
	Allow:   access.ManageWebhooks,
	Status:  http.StatusAccepted,
	Faults:  []string{"webhook.delivery_not_found", "webhook.paused", "webhook.disabled", "webhook.deleted", "webhook.too_many_attempts"},
	Handle:  rest.JSON(resendDelivery),
}

type resendDeliveryInput struct {
	ID string `path:"id" maxLength:"64"`
}

func resendDelivery(ctx context.Context, c *api.Call, in resendDeliveryInput) (deliveryView, error) {
	d, err := c.Webhooks.Resend(ctx, c.Actor, in.ID, c.Now)
	if err != nil {
		return deliveryView{}, err
	}
	return deliveryViewOf(d), nil
}
