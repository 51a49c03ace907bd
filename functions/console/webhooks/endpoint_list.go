package webhooks

import (
	"context"
	"net/http"
	"strconv"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/webhook"
)

// EndpointList shows who receives the workspace's events and how well.
var EndpointList = api.Route{
	Name:    "console.endpoint_list",
	Method:  http.MethodGet,
	Path:    "/settings/webhooks",
	Summary: "Webhook endpoints with their health",
	Allow:   access.ViewWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointList),
}

type endpointListInput struct {
	Did string `query:"did"`
}

type endpointListView struct {
	look.Frame
	Acts      []look.Act
	Trouble   []look.Notice
	Endpoints []endpointRow
	Empty     look.Empty
}

type endpointRow struct {
	Name, URL, To string
	Events        string
	State         look.Badge
	Glance        look.Bars
	Rate          string
	LastFailure   look.Moment
}

var endpointListPage = look.Page(files, "endpoint_list")

func endpointList(ctx context.Context, c *api.Call, in endpointListInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Webhooks", Section: "webhooks", Toast: page.News(in.Did), Refreshes: true,
		Lead: "Webhooks tell your other systems what happens here, as it happens: signed, retried and logged.",
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := endpointListView{Frame: f, Empty: look.Empty{
		Icon: "hook", Title: "No system is listening yet",
		Text: "Add an endpoint to send events to a system of yours, or try it out with a test URL: an inbox hosted here that shows every request it receives.",
	}}
	if f.May(access.ManageWebhooks) {
		v.Acts = []look.Act{{Text: "Test URLs", Icon: "inbox", To: "/settings/webhooks/test-urls"}, {Text: "Add endpoint", Icon: "plus", To: "/settings/webhooks/new", Tone: "main"}}
		v.Empty.Links = []look.Link{{Text: "Add endpoint", To: "/settings/webhooks/new"}, {Text: "Get a test URL", To: "/settings/webhooks/test-urls"}}
	}
	all, err := c.Webhooks.Endpoints(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	for _, e := range all {
		h, err := c.Webhooks.Health(ctx, c.Actor.Workspace, e.ID, c.Now)
		if err != nil {
			return api.Answer{}, err
		}
		v.Endpoints = append(v.Endpoints, rowOf(f.Clock, e, h))
		if n, ok := record.Trouble(f.Clock, e, h); ok {
			v.Trouble = append(v.Trouble, n)
		}
	}
	return page.Show(endpointListPage, v)
}

func rowOf(clock look.Clock, e *webhook.Endpoint, h webhook.Health) endpointRow {
	r := endpointRow{
		Name: record.EndpointName(e), To: record.EndpointPath(e.ID), Events: eventsInWords(e.Events), State: stateBadge(e),
		Glance: glance(h), Rate: rateOf(h), LastFailure: clock.Ago(lastFailure(h)),
	}
	if r.Name != e.URL {
		r.URL = e.URL
	}
	return r
}

func eventsInWords(patterns []string) string {
	switch {
	case len(patterns) == 0 || patterns[0] == "*":
		return "All events"
	case len(patterns) == 1:
		return patterns[0]
	}
	return patterns[0] + " and " + strconv.Itoa(len(patterns)-1) + " more"
}
