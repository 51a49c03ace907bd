package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// AssetTimeline shows everything that happened to an asset, day by day.
var AssetTimeline = api.Route{
	Name:    "console.asset_timeline",
	Method:  http.MethodGet,
	Path:    "/assets/{id}/timeline",
	Summary: "Everything that happened to an asset",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetTimeline),
}

type assetTimelineInput struct {
	ID     string `path:"id"`
	Kind   string `query:"kind"`
	Before string `query:"before"` // the instant of the last entry of the page before
	Cursor string `query:"cursor"`
}

type assetTimelineView struct {
	look.Frame
	Tabs   []look.Tab
	Kinds  []look.Tab
	Months []timelineMonth
	Pager  look.Pager
	Empty  look.Empty
}

// timelineMonth is a month of days in which something happened.
type timelineMonth struct {
	Title string // "March 2026"
	Days  []timelineDay
}

type timelineDay struct {
	Title   string // "Sunday 1"
	Entries []timelineEntry
}

// timelineEntry is one thing that happened: what, to what, and what is different.
type timelineEntry struct {
	Time, Icon, Tone string
	What, Who        string
	Object           look.Link
	Details          []record.Detail
	Photos           []record.Photo
}

var assetTimelinePage = look.Page(files, "asset_timeline")

func assetTimeline(ctx context.Context, c *api.Call, in assetTimelineInput) (api.Answer, error) {
	a, err := c.Fleet.Find(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	self := record.AssetPath(a.ID)
	f, err := page.Frame(ctx, c, look.Frame{Title: "Timeline", Lead: a.Title(), Section: "assets", Crumbs: []look.Link{record.ToAssets, {Text: a.Title(), To: self}}})
	if err != nil {
		return api.Answer{}, err
	}
	v := assetTimelineView{Frame: f, Tabs: record.AssetTabs(f, self, "timeline")}
	for _, k := range timelineKinds {
		v.Kinds = append(v.Kinds, look.Tab{Text: k.text, To: page.With(self+"/timeline", "kind", k.name), Current: in.Kind == k.name})
	}
	all, next, err := happenings(ctx, c, record.TellerOf(c, f.Clock), a, in)
	if err != nil {
		return api.Answer{}, err
	}
	v.Months = months(f.Zone, all)
	last := ""
	if len(all) > 0 {
		last = stamp(all[len(all)-1].at)
	}
	v.Pager = page.Pager(look.Count(len(all), "entry", "entries"), in.Cursor, next, self+"/timeline", "kind", in.Kind, "before", last)
	if v.Pager.First != "" {
		v.Pager.First = page.With(self+"/timeline", "kind", in.Kind)
	}
	v.Empty = look.Empty{Icon: "history", Title: "Nothing of this kind", Text: "Nothing has happened here yet that is of this kind.", Links: []look.Link{{Text: "Show everything", To: self + "/timeline"}}}
	return page.Show(assetTimelinePage, v)
}
