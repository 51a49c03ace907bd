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

// CheckPickup says whether a customer may pick up at an instant, and why not.
var CheckPickup = api.Route{
	Name:    "locations.check_pickup",
	Method:  http.MethodGet,
	Path:    "/v1/locations/{id}/pickup",
	Summary: "Check a pickup",
	About:   "By the rules of the programme, the hours and the closed days. The lead time counts business days of the location, the notice after the booking before counts time as it goes by.",
	Allow:   access.ViewLocations,
	Faults:  []string{"location.not_found"},
	Handle:  rest.JSON(checkPickup),
}

type checkPickupInput struct {
	ID         string    `path:"id"`
	Program    string    `query:"program" required:"true" enum:"rental,subscription"`
	At         time.Time `query:"at" required:"true" doc:"When the pickup is to be" example:"2026-03-05T09:00:00+11:00"`
	Free       time.Time `query:"free" doc:"When the booking before gives the vehicle back, if there is one"`
	IgnoreLead bool      `query:"ignore_lead_time" doc:"Set the lead time aside, as staff may; nothing else"`
}

func checkPickup(ctx context.Context, c *api.Call, in checkPickupInput) (pickupView, error) {
	l, err := c.Locations.Location(ctx, c.Actor, in.ID)
	if err != nil {
		return pickupView{}, err
	}
	return answerOf(l.Pickup(in.Program, location.Ask{Now: c.Now, At: in.At, Free: in.Free, IgnoreLead: in.IgnoreLead})), nil
}
