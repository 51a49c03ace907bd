package deliveries

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/webhook"
)

// DeliveryPage shows one delivery: what was sent, what came back, what is next and why.
var DeliveryPage = api.Route{
	Name:    "console.delivery_page",
	Method:  http.MethodGet,
	Path:    "/settings/webhooks/deliveries/{id}",
	Summary: "One delivery with its timeline",
	Allow:   access.ViewWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(deliveryPage),
}

type deliveryPageInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
}

type deliveryPageView struct {
	look.Frame
	Self     string
	Status   look.Badge
	Example  bool // a test made of the catalogue's example
	Outlook  string
	Next     look.Moment
	Timeline []look.Step
	Payload  look.Code
	Size     string
	Gone     bool // the payload is older than the retention
	Endpoint look.Link
	URL      string
	Facts    []look.Pair
	Occurred look.Moment
	Resend   look.Act
	Live     bool // it will change by itself
}

var deliveryPageTemplate = look.Page(files, "delivery_page")

func deliveryPage(ctx context.Context, c *api.Call, in deliveryPageInput) (api.Answer, error) {
	d, err := c.Webhooks.Delivery(ctx, c.Actor.Workspace, in.ID, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{
		Title: d.Event.Type, Section: "deliveries", Toast: page.News(in.Did), Refreshes: true,
		Crumbs: []look.Link{record.ToWebhooks, {Text: "Logs", To: record.DeliveriesPath}},
	})
	if err != nil {
		return api.Answer{}, err
	}
	e, err := c.Webhooks.Endpoint(ctx, c.Actor.Workspace, d.Endpoint)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return api.Answer{}, err
	}
	v := deliveryPageView{
		Frame: f, Self: record.DeliveryPath(d.ID), Status: record.DeliveryBadge(d.Status), Example: d.Test, Timeline: timelineOf(f.Clock, d),
		Occurred: f.Exact(d.Event.OccurredAt), Live: d.Status == webhook.Pending || d.Status == webhook.Retrying,
		Endpoint: look.Link{Text: "Deleted endpoint"},
		Facts:    []look.Pair{{Name: "webhook-id", Value: d.ID}, {Name: "Event", Value: d.Event.ID}},
	}
	if e != nil {
		v.Endpoint, v.URL, v.Outlook = look.Link{Text: record.EndpointName(e), To: record.EndpointPath(e.ID)}, e.URL, d.Outlook(e, f.Zone)
		if f.May(access.ManageWebhooks) {
			v.Resend = look.Act{Text: "Resend", Icon: "redo", Post: v.Self + "/resend", Tone: "main"}
		}
	}
	if d.Status == webhook.Retrying {
		v.Next = f.Countdown(d.Next)
	}
	return withPayload(ctx, c, d, v)
}

func withPayload(ctx context.Context, c *api.Call, d *webhook.Delivery, v deliveryPageView) (api.Answer, error) {
	body, err := c.Webhooks.Payload(ctx, d)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		v.Gone = true
	case err != nil:
		return api.Answer{}, err
	}
	v.Payload, v.Size = look.JSON("payload", "Payload", body), look.Bytes(len(body))
	return page.Show(deliveryPageTemplate, v)
}
