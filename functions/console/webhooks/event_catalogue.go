package webhooks

import (
	"context"
	"net/http"
	"net/url"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
)

// EventCatalogue lists every type of event, for whoever builds a receiver.
var EventCatalogue = api.Route{
	Name:    "console.event_catalogue",
	Method:  http.MethodGet,
	Path:    "/docs/events",
	Summary: "The event catalogue",
	Door:    api.OpenDoor,
	Handle:  page.Handler(eventCatalogue),
}

type eventCatalogueView struct {
	look.Frame
	Groups []eventGroupView
}

type eventGroupView struct {
	Title, Pattern string
	Types          []eventTypeRow
}

type eventTypeRow struct{ Type, Description, To string }

var eventCataloguePage = look.Page(files, "event_catalogue")

func eventCatalogue(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Event catalogue", Section: "events",
		Lead: "Everything that Motorpool tells other systems. Each type has a JSON Schema and an example; a field is never renamed or removed.",
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := eventCatalogueView{Frame: f}
	for _, g := range record.Catalogue() {
		view := eventGroupView{Title: g.Title, Pattern: g.Pattern}
		for _, l := range g.Listings {
			view.Types = append(view.Types, eventTypeRow{l.Type, l.Description, eventPath(l.Type)})
		}
		v.Groups = append(v.Groups, view)
	}
	return page.Show(eventCataloguePage, v)
}

func eventPath(typ string) string { return "/docs/events/" + url.PathEscape(typ) }
