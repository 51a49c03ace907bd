package tracking

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// OdometerPage shows how far an asset was driven, and takes a new reading.
var OdometerPage = api.Route{
	Name:    "console.odometer_page",
	Method:  http.MethodGet,
	Path:    "/assets/{id}/odometer",
	Summary: "An asset's odometer",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(odometerPage),
}

type odometerPageInput struct {
	ID     string `path:"id"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type odometerPageView struct {
	look.Frame
	Tabs    []look.Tab
	Known   bool
	Value   string // "48,210 km"
	Kind    look.Badge
	Total   string // empty where it is the value
	Read    look.Moment
	Chart   chartView
	Rows    []readingRow
	Pager   look.Pager
	Empty   look.Empty
	MayAdd  bool
	Action  string
	Wrong   *look.Notice
	Fields  []look.Field
	Confirm bool // it was a jump, and wants a second look
	Mends   bool // may say that a cluster was replaced
	Swapped bool
}

type readingRow struct {
	Value, Source, Note string
	At                  look.Moment
	Replaced            bool
}

var odometerTemplate = look.Page(files, "odometer_page")

func odometerPage(ctx context.Context, c *api.Call, in odometerPageInput) (api.Answer, error) {
	v, err := odometerOf(ctx, c, in)
	if err != nil {
		return api.Answer{}, err
	}
	return page.Show(odometerTemplate, v)
}
