package webhooks

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/outbox"
)

// ListEvents shows what happened, newest first.
var ListEvents = api.Route{
	Name:    "webhooks.list_events",
	Method:  http.MethodGet,
	Path:    "/v1/events",
	Summary: "List events",
	About:   "Newest first. A page may be short when the filter is narrow: only a null next_cursor ends the list.",
	Allow:   access.ViewEvents,
	Faults:  []string{"cursor.invalid"},
	Handle:  rest.JSON(listEvents),
}

type listEventsInput struct {
	Type  string    `query:"type" maxLength:"100" doc:"One type, or a category: asset.*"`
	Since time.Time `query:"since" doc:"At this instant or later"`
	Until time.Time `query:"until" doc:"Before this instant"`
	api.Paging
}

func listEvents(ctx context.Context, c *api.Call, in listEventsInput) (api.List[eventView], error) {
	list, next, err := c.Events.List(ctx, c.Actor.Workspace, outbox.Filter{Type: in.Type, Since: in.Since, Until: in.Until}, in.Cursor, in.Limit, c.Now)
	if err != nil {
		return api.List[eventView]{}, err
	}
	views := make([]eventView, len(list))
	for i, e := range list {
		if views[i], err = eventViewOf(e); err != nil {
			return api.List[eventView]{}, err
		}
	}
	return api.ListOf(views, next), nil
}
