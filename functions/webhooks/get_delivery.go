package webhooks

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetDelivery shows one delivery with every attempt made.
var GetDelivery = api.Route{
	Name:    "webhooks.get_delivery",
	Method:  http.MethodGet,
	Path:    "/v1/webhook-deliveries/{id}",
	Summary: "Get a delivery",
	About:   "With its payload, every request and answer, and an explanation in words of each decision taken.",
	Allow:   access.ViewWebhooks,
	Faults:  []string{"webhook.delivery_not_found"},
	Handle:  rest.JSON(getDelivery),
}

type getDeliveryInput struct {
	ID string `path:"id" maxLength:"64"`
}

type getDeliveryOutput struct {
	deliveryView
	Outlook  string        `json:"outlook" doc:"What happens next and why, in words"`
	Payload  string        `json:"payload" doc:"Exactly the bytes that are sent; empty once the event has expired"`
	Attempts []attemptView `json:"attempts" doc:"Oldest first" nullable:"false"`
}

func getDelivery(ctx context.Context, c *api.Call, in getDeliveryInput) (getDeliveryOutput, error) {
	d, err := c.Webhooks.Inspect(ctx, c.Actor.Workspace, in.ID, c.Now)
	if err != nil {
		return getDeliveryOutput{}, err
	}
	out := getDeliveryOutput{deliveryViewOf(d.Delivery), d.Outlook(d.Endpoint, time.UTC), string(d.Payload), []attemptView{}}
	for _, a := range d.Attempts {
		out.Attempts = append(out.Attempts, attemptViewOf(d.Delivery, a, time.UTC))
	}
	return out, nil
}
