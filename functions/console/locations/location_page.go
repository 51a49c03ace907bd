package locations

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/location"
	"motorpool/shared/span"
)

// LocationPage shows one location, with what an invoice prints of it and when the
// next pickups can be: as the form that changes it, or as facts to who may only
// look.
var LocationPage = api.Route{
	Name:    "console.location_page",
	Method:  http.MethodGet,
	Path:    "/locations/{id}",
	Summary: "One location",
	Allow:   access.ViewLocations,
	Door:    api.SessionDoor,
	Handle:  page.Handler(locationPage),
}

type locationPageInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
}

func locationPage(ctx context.Context, c *api.Call, in locationPageInput) (api.Answer, error) {
	l, err := c.Locations.Location(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	if !c.Actor.May(access.ManageLocations) {
		return locationFacts(ctx, c, l)
	}
	return editLocationForm(ctx, c, l, locationFieldsOf(l), in.Did, nil)
}

func editLocationForm(ctx context.Context, c *api.Call, l *location.Location, in locationFields, did string, because error) (api.Answer, error) {
	v, err := in.form(ctx, c, look.Frame{Title: l.Name, Section: "locations", Crumbs: []look.Link{toLocations}, Toast: page.News(did)}, because)
	if err != nil {
		return api.Answer{}, err
	}
	head := l.Letterhead()
	v.Action, v.Do, v.Letterhead = locationPath(l.ID), "Save changes", &head
	if v.Next, err = nextPickups(c, l); err != nil {
		return api.Answer{}, err
	}
	v.Acts = []look.Act{{Text: "Assets of it", Icon: "car", To: page.With("/assets", "location", l.ID)}}
	if l.Active() {
		v.Acts = append(v.Acts, look.Act{Text: "Deactivate", Icon: "pause", Dialog: "close", Tone: "risky"})
		v.Close = &look.Dialog{
			ID: "close", Title: "Deactivate " + l.Name + "?", Action: locationPath(l.ID) + "/active", Do: "Deactivate", Danger: true,
			Text: "Nothing can be there until you activate it again. It is refused while vehicles belong there, are there or can be picked up there.",
		}
	} else {
		v.Acts = append(v.Acts, look.Act{Text: "Activate", Icon: "play", Post: locationPath(l.ID) + "/active", Hidden: []look.Option{{Text: "on", Value: "true"}}})
	}
	if because != nil {
		return page.Again(locationFormPage, v)
	}
	return page.Show(locationFormPage, v)
}

// nextPickups says of the next two weeks what customers are told of them.
func nextPickups(c *api.Call, l *location.Location) ([]pickupDay, error) {
	today := span.DateOf(c.Now.In(l.Zone()))
	ask := location.Ask{Now: c.Now}
	rental, err := l.Days("rental", ask, today, today.Plus(13))
	if err != nil {
		return nil, err
	}
	subscription, err := l.Days("subscription", ask, today, today.Plus(13))
	if err != nil {
		return nil, err
	}
	days := make([]pickupDay, len(rental))
	say := func(d location.Day) string {
		if !d.OK {
			return d.Reason
		}
		return "From " + span.ClockOf(d.From.In(l.Zone())).String()
	}
	for i := range days {
		days[i] = pickupDay{rental[i].Date.Words(), say(rental[i]), say(subscription[i])}
	}
	return days, nil
}
