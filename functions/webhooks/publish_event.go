package webhooks

import (
	"context"
	"encoding/json"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/outbox"
)

// PublishEvent takes in an event of the operator's own.
var PublishEvent = api.Route{
	Name:    "webhooks.publish_event",
	Method:  http.MethodPost,
	Path:    "/v1/events",
	Summary: "Publish a custom event",
	About:   "For tests, and for systems of your own: delivered to every endpoint that wants its type, exactly as given. The same `id` with the same type and data answers 200 with the event that is there; with others it is a conflict. At most 256 KiB with its envelope.",
	Allow:   access.PublishEvents,
	Status:  http.StatusCreated,
	Faults:  []string{"event.id", "event.type", "event.data", "event.mismatch", "event.too_large"},
	Handle:  rest.JSON(publishEvent),
}

type publishEventInput struct {
	Body publishEventBody
}

type publishEventBody struct {
	ID   string         `json:"id,omitempty" maxLength:"64" doc:"What you call it; made for you if absent" example:"return-4711"`
	Type string         `json:"type" maxLength:"100" doc:"Begins with custom." example:"custom.key_returned"`
	Data rest.RawObject `json:"data" doc:"Delivered byte for byte" example:"{\"asset\":\"HC-101\",\"drawer\":4}"`
}

type publishEventOutput struct {
	eventView
	replayed bool
}

// HTTPStatus is 200 if the event was there already.
func (o publishEventOutput) HTTPStatus() int {
	if o.replayed {
		return http.StatusOK
	}
	return http.StatusCreated
}

func publishEvent(ctx context.Context, c *api.Call, in publishEventInput) (publishEventOutput, error) {
	e, replayed, err := c.Events.Publish(ctx, c.Actor, outbox.Custom{ID: in.Body.ID, Type: in.Body.Type, Data: json.RawMessage(in.Body.Data)}, c.Now)
	if err != nil {
		return publishEventOutput{}, err
	}
	v, err := eventViewOf(e)
	return publishEventOutput{v, replayed}, err
}
