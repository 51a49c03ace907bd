package odometer

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetUse says how far an asset was driven in a span, device by device.
var GetUse = api.Route{
	Name:    "odometer.get_use",
	Method:  http.MethodGet,
	Path:    "/v1/assets/{id}/odometer/use",
	Summary: "Get the distance driven in a span",
	About:   "By device and serial number, after `from` and up to `to`. A trip that is partly in the span has its share, by time. With fewer than two readings of the same asset and device nothing can be said: `measured` is false and the distance 0.",
	Allow:   access.ViewAssets,
	Faults:  []string{"asset.not_found", "odometer.span"},
	Handle:  rest.JSON(getUse),
}

type getUseInput struct {
	ID   string    `path:"id"`
	From time.Time `query:"from" required:"true"`
	To   time.Time `query:"to" required:"true" doc:"Later, by at most 400 days"`
}

type getUseOutput struct {
	Metres  int64     `json:"metres" doc:"Of all devices that measured" example:"110000"`
	Devices []useView `json:"devices" nullable:"false"`
}

type useView struct {
	Device   string `json:"device" example:"dev_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Serial   string `json:"serial" example:"352093081452321"`
	Metres   int64  `json:"metres" example:"110000"`
	Readings int    `json:"readings" doc:"Trips in the span" example:"14"`
	Measured bool   `json:"measured" doc:"There were two readings at least"`
}

func getUse(ctx context.Context, c *api.Call, in getUseInput) (getUseOutput, error) {
	uses, err := c.Odometer.Use(ctx, c.Actor, in.ID, in.From, in.To)
	out := getUseOutput{Devices: make([]useView, len(uses))}
	for i, u := range uses {
		out.Devices[i] = useView(u)
		out.Metres += u.Metres
	}
	return out, err
}
