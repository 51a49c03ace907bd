package locations

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/location"
)

// ListPickupDays says which days a customer may choose for a pickup.
var ListPickupDays = api.Route{
	Name:    "locations.list_pickup_days",
	Method:  http.MethodGet,
	Path:    "/v1/locations/{id}/pickup-days",
	Summary: "List pickup days",
	About:   "Each day of a range, at most 366, with the reason why it cannot be chosen: what a calendar greys out. A day may be chosen if some time of it may.",
	Allow:   access.ViewLocations,
	Faults:  []string{"location.not_found", "location.days"},
	Handle:  rest.JSON(listPickupDays),
}

type listPickupDaysInput struct {
	ID         string    `path:"id"`
	Program    string    `query:"program" required:"true" enum:"rental,subscription"`
	From       string    `query:"from" format:"date" doc:"The first day; today there if you give none" example:"2026-03-01"`
	To         string    `query:"to" format:"date" doc:"The last day; 30 days later if you give none" example:"2026-03-31"`
	Free       time.Time `query:"free" doc:"When the booking before gives the vehicle back, if there is one"`
	IgnoreLead bool      `query:"ignore_lead_time" doc:"Set the lead time aside, as staff may; nothing else"`
}

type dayView struct {
	Date string `json:"date" format:"date"`
	pickupView
	From time.Time `json:"from,omitzero" doc:"The first pickup of the day"`
	To   time.Time `json:"to,omitzero" doc:"The last pickup is before this"`
}

func listPickupDays(ctx context.Context, c *api.Call, in listPickupDaysInput) (api.List[dayView], error) {
	l, err := c.Locations.Location(ctx, c.Actor, in.ID)
	if err != nil {
		return api.List[dayView]{}, err
	}
	from, err := dateIn("from", in.From)
	if err != nil {
		return api.List[dayView]{}, err
	}
	to, err := dateIn("to", in.To)
	if err != nil {
		return api.List[dayView]{}, err
	}
	days, err := l.Days(in.Program, location.Ask{Now: c.Now, Free: in.Free, IgnoreLead: in.IgnoreLead}, from, to)
	return listOf(days, "", func(d location.Day) dayView {
		return dayView{d.Date.String(), answerOf(d.Answer), d.From, d.To}
	}), err
}
