package webhooks

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/webhook"
)

// ListDeliveries shows the log, newest event first.
var ListDeliveries = api.Route{
	Name:    "webhooks.list_deliveries",
	Method:  http.MethodGet,
	Path:    "/v1/webhook-deliveries",
	Summary: "List deliveries",
	About:   "Newest event first, those of deleted endpoints too. A page may be short when the filter is narrow: only a null next_cursor ends the list.",
	Allow:   access.ViewWebhooks,
	Faults:  []string{"cursor.invalid", "webhook.endpoint"},
	Handle:  rest.JSON(listDeliveries),
}

type listDeliveriesInput struct {
	Endpoint string    `query:"endpoint" maxLength:"40" doc:"Only of this endpoint"`
	Type     string    `query:"type" maxLength:"100" doc:"Only of this type of event, or of a category: asset.*"`
	Status   string    `query:"status" enum:"pending,retrying,held,succeeded,failed"`
	Since    time.Time `query:"since" doc:"The event happened at this instant or later"`
	Until    time.Time `query:"until" doc:"The event happened before this instant"`
	api.Paging
}

func listDeliveries(ctx context.Context, c *api.Call, in listDeliveriesInput) (api.List[deliveryView], error) {
	q := webhook.Query{Endpoint: in.Endpoint, Type: in.Type, Status: webhook.Status(in.Status), Since: in.Since, Until: in.Until}
	list, next, err := c.Webhooks.Deliveries(ctx, c.Actor.Workspace, q, webhook.Page{Cursor: in.Cursor, Limit: in.Limit}, c.Now)
	views := make([]deliveryView, len(list))
	for i, d := range list {
		views[i] = deliveryViewOf(d)
	}
	return api.ListOf(views, next), err
}
