package odometer

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/odometer"
)

// SupersedeReading puts a right value into the place of a wrong one.
var SupersedeReading = api.Route{
	Name:    "odometer.supersede_reading",
	Method:  http.MethodPost,
	Path:    "/v1/assets/{id}/odometer/readings/{reading}/supersede",
	Summary: "Supersede an odometer reading",
	About:   "The new reading is of the same instant; the wrong one is kept and no longer counts. Raises `odometer.superseded` and `odometer.recorded`.",
	Allow:   access.ManageCare,
	Status:  http.StatusCreated,
	Faults:  []string{"asset.not_found", "odometer.reading_not_found", "odometer.stale", "odometer.superseded", "odometer.value", "odometer.note", "odometer.lower", "odometer.higher", "odometer.jump"},
	Handle:  rest.JSON(supersedeReading),
}

type supersedeReadingInput struct {
	ID      string `path:"id"`
	Reading string `path:"reading"`
	api.IfMatch
	Body supersedeReadingBody
}

type supersedeReadingBody struct {
	Value   int64  `json:"value" doc:"What the dashboard really showed" example:"48120"`
	Note    string `json:"note" doc:"What was wrong; at most 500 characters" example:"Digits swapped"`
	Confirm bool   `json:"confirm,omitempty" doc:"You have looked twice at a jump"`
}

func supersedeReading(ctx context.Context, c *api.Call, in supersedeReadingInput) (readingView, error) {
	version, err := in.Version()
	if err != nil {
		return readingView{}, err
	}
	r, total, err := c.Odometer.Supersede(ctx, c.Actor, in.ID, in.Reading, odometer.Correction(in.Body), version, c.Now)
	return viewOf(r, total), err
}
