package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/tracking"
)

// IngestReadings takes the trips that devices report.
var IngestReadings = api.Route{
	Name:    "tracking.ingest_readings",
	Method:  http.MethodPost,
	Path:    "/v1/tracking/readings",
	Summary: "Send trips of devices",
	About:   "Up to 500 trips, in any order and as late as you like; each is taken or refused by itself, and the answer says what became of each row. A device has one journey at a start: what is sent again changes nothing. A trip that is faster than the workspace believes is kept, marked ignored, and counts for nothing; so is one of a device that was in no asset. Raises `journey.completed` or `journey.ignored`, without places.",
	Allow:   access.IngestReadings,
	Faults:  []string{"tracking.readings"},
	Handle:  rest.JSON(ingestReadings),
}

type ingestReadingsInput struct {
	Body ingestReadingsBody
}

type ingestReadingsBody struct {
	Readings []tracking.Report `json:"readings" minItems:"1" maxItems:"500" nullable:"false"`
}

type ingestReadingsOutput struct {
	Results []resultView `json:"results" doc:"One for each trip, in the same order" nullable:"false"`
}

func ingestReadings(ctx context.Context, c *api.Call, in ingestReadingsInput) (ingestReadingsOutput, error) {
	results, err := c.Tracking.Ingest(ctx, c.Actor, in.Body.Readings, c.Now)
	out := ingestReadingsOutput{Results: make([]resultView, len(results))}
	for i, r := range results {
		out.Results[i] = resultOf(i, r)
	}
	return out, err
}
