package odometer

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/odometer"
)

// RecordReading says what an odometer shows.
var RecordReading = api.Route{
	Name:    "odometer.record_reading",
	Method:  http.MethodPost,
	Path:    "/v1/assets/{id}/odometer/readings",
	Summary: "Record an odometer reading",
	About:   "Give the exact number on the dashboard, in the asset's unit; do not round it. Estimates begin at it from then on. It may be of an earlier time, and must fit between its neighbours: not lower than the reading before, not higher than the one after; it may be lower than an estimate. Lower than the reading before is taken only with `cluster_replaced`, which needs `care.manage` and a note, and begins a new segment while the total goes on. More than 2,000 km a day has to be confirmed. Who inspects vehicles or cares for them may record readings as well as who edits them. Raises `odometer.recorded`.",
	Allow:   access.EditAssets,
	Or:      []access.Grant{access.ManageCare, access.DoInspections},
	Status:  http.StatusCreated,
	Faults: []string{
		"asset.not_found", "asset.archived", "odometer.value", "odometer.future", "odometer.read_at", "odometer.source", "odometer.note", "odometer.lower",
		"odometer.higher", "odometer.jump", "odometer.same_instant", "odometer.replaced_denied", "odometer.nothing_replaced", "odometer.segments",
	},
	Handle: rest.JSON(recordReading),
}

type recordReadingInput struct {
	ID   string `path:"id"`
	Body recordReadingBody
}

type recordReadingBody struct {
	Value    int64     `json:"value" doc:"The whole number on the dashboard, from 0 to 9,999,999" example:"48210"`
	ReadAt   time.Time `json:"read_at,omitzero" doc:"When it was read, to the second; now unless you say otherwise"`
	Source   string    `json:"source,omitempty" enum:"manual,inspection,booking_start,booking_end,import" doc:"manual unless you say otherwise"`
	SourceID string    `json:"source_id,omitempty" maxLength:"100" doc:"The inspection or import that it came with"`
	Booking  string    `json:"booking,omitempty" maxLength:"100" doc:"The booking during which it was read"`
	Note     string    `json:"note,omitempty" doc:"At most 500 characters"`
	Replaced bool      `json:"cluster_replaced,omitempty" doc:"The cluster was replaced; the note says why"`
	Confirm  bool      `json:"confirm,omitempty" doc:"You have looked twice at a jump"`
}

func recordReading(ctx context.Context, c *api.Call, in recordReadingInput) (readingView, error) {
	r, total, err := c.Odometer.Record(ctx, c.Actor, in.ID, odometer.Draft(in.Body), c.Now)
	return viewOf(r, total), err
}
