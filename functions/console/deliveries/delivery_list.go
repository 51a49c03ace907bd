package deliveries

import (
	"context"
	"net/http"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/webhook"
)

// DeliveryList is the webhook logs.
var DeliveryList = api.Route{
	Name:    "console.delivery_list",
	Method:  http.MethodGet,
	Path:    "/settings/webhooks/deliveries",
	Summary: "Webhook logs",
	Allow:   access.ViewWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(deliveryList),
}

type deliveryListInput struct {
	Endpoint string `query:"endpoint"`
	Type     string `query:"type"`
	Status   string `query:"status"`
	Since    string `query:"since"` // as a browser's date and time input gives it
	Until    string `query:"until"`
	Cursor   string `query:"cursor"`
	Did      string `query:"did"`
}

type deliveryListView struct {
	look.Frame
	Filters  []look.Field
	Filtered bool
	Rows     []record.DeliveryRow
	Pager    look.Pager
	Self     string // this very list, to be asked for again
	Live     bool
	Empty    look.Empty
}

var deliveryListPage = look.Page(files, "delivery_list")

func deliveryList(ctx context.Context, c *api.Call, in deliveryListInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Webhook logs", Section: "deliveries", Crumbs: []look.Link{record.ToWebhooks}, Toast: page.News(in.Did), Refreshes: true,
		Lead: "Every delivery and every attempt, newest first. Open one to see what was sent, what came back and why it went on as it did.",
	})
	if err != nil {
		return api.Answer{}, err
	}
	all, err := c.Webhooks.Endpoints(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	v := deliveryListView{Frame: f, Filters: in.filters(all), Filtered: in.query() != [5]string{}, Live: in.Cursor == ""}
	q := webhook.Query{Endpoint: in.Endpoint, Type: in.Type, Status: webhook.Status(in.Status)}
	q.Since, q.Until = in.moment(in.Since, f.Zone, &v.Filters[3]), in.moment(in.Until, f.Zone, &v.Filters[4])
	list, next, err := c.Webhooks.Deliveries(ctx, c.Actor.Workspace, q, webhook.Page{Cursor: in.Cursor, Limit: 50}, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	names := namesOf(all)
	for _, d := range list {
		v.Rows = append(v.Rows, record.DeliveryRowOf(f.Clock, d, names))
	}
	pairs := []string{"endpoint", in.Endpoint, "type", in.Type, "status", in.Status, "since", in.Since, "until", in.Until}
	v.Pager, v.Self = page.Pager(look.Count(len(list), "delivery", "deliveries"), in.Cursor, next, record.DeliveriesPath, pairs...), page.With(record.DeliveriesPath, pairs...)
	v.Empty = noDeliveries(v.Filtered, next != "", len(all))
	return page.Show(deliveryListPage, v)
}

func (in deliveryListInput) query() [5]string {
	return [5]string{in.Endpoint, in.Type, in.Status, in.Since, in.Until}
}

func (in deliveryListInput) moment(s string, zone *time.Location, field *look.Field) time.Time {
	if s == "" {
		return time.Time{}
	}
	at, err := page.Instant(s, zone)
	if err != nil {
		field.Wrong = record.BadSince().Message
	}
	return at
}

func (in deliveryListInput) filters(all []*webhook.Endpoint) []look.Field {
	endpoints := []look.Option{{Text: "All endpoints"}}
	for _, e := range all {
		endpoints = append(endpoints, look.Option{Value: e.ID, Text: record.EndpointName(e)})
	}
	statuses := []look.Option{{Text: "Any status"}}
	for _, s := range webhook.Statuses {
		statuses = append(statuses, look.Option{Value: string(s), Text: record.DeliveryBadge(s).Text})
	}
	return []look.Field{
		{Name: "endpoint", Label: "Endpoint", Type: "select", Options: look.Choose(in.Endpoint, endpoints...)},
		{Name: "type", Label: "Event", Type: "select", Options: look.Choose(in.Type, eventOptions("All events")...)},
		{Name: "status", Label: "Status", Type: "select", Options: look.Choose(in.Status, statuses...)},
		{Name: "since", Label: "From", Type: "datetime-local", Value: in.Since},
		{Name: "until", Label: "To", Type: "datetime-local", Value: in.Until},
	}
}

func noDeliveries(filtered, more bool, endpoints int) look.Empty {
	switch {
	case more:
		return look.Empty{Icon: "search", Title: "Nothing so far", Text: "This part of the log holds nothing that matches. There is more: go on to older deliveries below."}
	case filtered:
		return look.Empty{Icon: "search", Title: "Nothing matches", Text: "No delivery is like that. Widen the filters.", Links: []look.Link{{Text: "Clear the filters", To: record.DeliveriesPath}}}
	case endpoints == 0:
		return look.Empty{Icon: "log", Title: "No deliveries, because nobody listens", Text: "Add an endpoint, and each event that is sent to it is logged here.", Links: []look.Link{{Text: "Add endpoint", To: "/settings/webhooks/new"}}}
	}
	return look.Empty{Icon: "log", Title: "No deliveries yet", Text: "The next event that an endpoint asked for appears here by itself. Send a test event from an endpoint's page to see one now.", Links: []look.Link{{Text: "Endpoints", To: record.ToWebhooks.To}}}
}
