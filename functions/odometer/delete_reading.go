package odometer

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// DeleteReading takes a reading away that should not be there.
var DeleteReading = api.Route{
	Name:    "odometer.delete_reading",
	Method:  http.MethodDelete,
	Path:    "/v1/assets/{id}/odometer/readings/{reading}",
	Summary: "Delete an odometer reading",
	About:   "Estimates begin at the reading before it again. A reading that an issued invoice stands on is superseded instead, and so is one that begins a segment with later readings. Raises `odometer.deleted`.",
	Allow:   access.ManageCare,
	Status:  http.StatusNoContent,
	Faults:  []string{"asset.not_found", "odometer.reading_not_found", "odometer.stale", "odometer.superseded", "odometer.invoiced", "odometer.segment"},
	Handle:  rest.JSON(deleteReading),
}

type deleteReadingInput struct {
	ID      string `path:"id"`
	Reading string `path:"reading"`
	api.IfMatch
}

func deleteReading(ctx context.Context, c *api.Call, in deleteReadingInput) (api.None, error) {
	version, err := in.Version()
	if err != nil {
		return api.None{}, err
	}
	return api.None{}, c.Odometer.Delete(ctx, c.Actor, in.ID, in.Reading, version, c.Now)
}
