package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetEvent shows one event as its subscribers receive it.
var GetEvent = api.Route{
	Name:    "webhooks.get_event",
	Method:  http.MethodGet,
	Path:    "/v1/events/{id}",
	Summary: "Get an event",
	Allow:   access.ViewEvents,
	Faults:  []string{"event.not_found"},
	Handle:  rest.JSON(getEvent),
}

type getEventInput struct {
	ID string `path:"id" maxLength:"64"`
}

func getEvent(ctx context.Context, c *api.Call, in getEventInput) (eventView, error) {
	e, err := c.Events.Get(ctx, c.Actor.Workspace, in.ID, c.Now)
	if err != nil {
		return eventView{}, err
	}
	return eventViewOf(e)
}
