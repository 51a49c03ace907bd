package tracking

import (
	"context"
	"net/http"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/odometer"
	"motorpool/shared/tracking"
)

// JourneyList shows where an asset went.
var JourneyList = api.Route{
	Name:    "console.journey_list",
	Method:  http.MethodGet,
	Path:    "/assets/{id}/journeys",
	Summary: "An asset's journeys",
	Allow:   access.ViewTracking,
	Door:    api.SessionDoor,
	Handle:  page.Handler(journeyList),
}

type journeyListInput struct {
	ID     string `path:"id"`
	Cursor string `query:"cursor"`
}

type journeyListView struct {
	look.Frame
	Tabs    []look.Tab
	Devices []deviceRow
	Rows    []journeyRow
	Pager   look.Pager
	Empty   look.Empty
}

type deviceRow struct {
	Name  string
	State look.Badge
	Seen  look.Moment
}

type journeyRow struct {
	Start            look.Moment
	Lasted, Distance string
	Device, From, To string
	State            look.Badge
}

var journeyListTemplate = look.Page(files, "journey_list")

func journeyList(ctx context.Context, c *api.Call, in journeyListInput) (api.Answer, error) {
	journeys, next, err := c.Tracking.OfAsset(ctx, c.Actor, in.ID, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	a, err := c.Fleet.Find(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	devices, err := c.Tracking.Inside(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	self := record.AssetPath(a.ID)
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Journeys", Lead: a.Title() + ". Where somebody drove is personal data: journeys are gone after 13 months.",
		Section: "assets", Crumbs: []look.Link{record.ToAssets, {Text: a.Title(), To: self}},
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := journeyListView{
		Frame: f, Tabs: record.AssetTabs(f, self, "journeys"), Pager: page.Pager(look.Count(len(journeys), "journey", "journeys"), in.Cursor, next, self+"/journeys"),
		Empty: look.Empty{Icon: "history", Title: "No journeys", Text: "They appear when a tracking device in this asset reports trips."},
	}
	for _, d := range devices {
		v.Devices = append(v.Devices, deviceRow{d.Provider + " " + d.Serial, deviceBadge(d.State()), f.Ago(d.LastSeen)})
	}
	for _, j := range journeys {
		v.Rows = append(v.Rows, journeyRowOf(f.Clock, j, a.DistanceUnit))
	}
	return page.Show(journeyListTemplate, v)
}

func journeyRowOf(clock look.Clock, j *tracking.Journey, unit string) journeyRow {
	r := journeyRow{
		Start: clock.Exact(j.Start), Lasted: j.End.Sub(j.Start).Round(time.Minute).String(), Device: j.Provider + " " + j.Serial,
		Distance: record.Distance(odometer.Shown(j.Metres, unit), unit), State: look.Badge{Tone: "ok", Icon: "check", Text: "Counted"},
	}
	if j.Ignored != "" {
		r.State = look.Badge{Tone: "warn", Icon: "stop", Text: map[string]string{
			tracking.Impossible: "Ignored: too fast", tracking.Unfitted: "Ignored: in no asset", tracking.OtherCounts: "Ignored: another device counts",
		}[j.Ignored]}
	}
	if p := j.From.Position(); p != nil {
		r.From = p.Latitude + ", " + p.Longitude
	}
	if p := j.To.Position(); p != nil {
		r.To = p.Latitude + ", " + p.Longitude
	}
	return r
}

func deviceBadge(s tracking.State) look.Badge {
	switch s {
	case tracking.Active:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Active"}
	case tracking.Stale:
		return look.Badge{Tone: "warn", Icon: "clock", Text: "Silent"}
	case tracking.Faulty:
		return look.Badge{Tone: "bad", Icon: "stop", Text: "Faulty"}
	}
	return look.Badge{Icon: "pause", Text: page.TitleOf(string(s))}
}
