package webhooks

import (
	"context"
	"net/http"

	"motorpool/events"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// EventType documents one type of event.
var EventType = api.Route{
	Name:    "console.event_type",
	Method:  http.MethodGet,
	Path:    "/docs/events/{type}",
	Summary: "One type of event",
	Door:    api.OpenDoor,
	Handle:  page.Handler(eventType),
}

type eventTypeInput struct {
	Type string `path:"type"`
}

type eventTypeView struct {
	look.Frame
	Example look.Code
	Schema  look.Code
}

var eventTypePage = look.Page(files, "event_type")

func eventType(ctx context.Context, c *api.Call, in eventTypeInput) (api.Answer, error) {
	l, ok := listed(in.Type)
	if !ok {
		return page.Back("/docs/events", fault.New(fault.NotFound, "event_type.not_found", "There is no such type of event. The catalogue lists all there are."))
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: l.Type, Lead: l.Description, Section: "events", Crumbs: []look.Link{{Text: "Event catalogue", To: "/docs/events"}}})
	if err != nil {
		return api.Answer{}, err
	}
	return page.Show(eventTypePage, eventTypeView{
		Frame: f, Example: look.JSON("example", "Example", l.Example), Schema: look.JSON("schema", "JSON Schema", l.Schema()),
	})
}

func listed(typ string) (events.Listing, bool) {
	for _, g := range record.Catalogue() {
		for _, l := range g.Listings {
			if l.Type == typ {
				return l, true
			}
		}
	}
	return events.Listing{}, false
}
