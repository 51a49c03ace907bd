package tracking

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/odometer"
)

// odometerOf fills in the page of an asset's odometer, with an empty form.
func odometerOf(ctx context.Context, c *api.Call, in odometerPageInput) (v odometerPageView, err error) {
	readings, next, err := c.Odometer.Readings(ctx, c.Actor, in.ID, odometer.Valid, in.Cursor, 50)
	if err != nil {
		return v, err
	}
	a, err := c.Fleet.Find(ctx, c.Actor, in.ID)
	if err != nil {
		return v, err
	}
	self := record.AssetPath(a.ID)
	f, err := page.Frame(ctx, c, look.Frame{Title: "Odometer", Lead: a.Title(), Section: "assets", Crumbs: []look.Link{record.ToAssets, {Text: a.Title(), To: self}}, Toast: page.News(in.Did)})
	if err != nil {
		return v, err
	}
	v = odometerPageView{
		Frame: f, Tabs: record.AssetTabs(f, self, "odometer"), Action: self + "/odometer", Mends: f.May(access.ManageCare),
		MayAdd: slices.ContainsFunc(append(recorders, access.EditAssets), f.May) && a.ArchivedAt.IsZero(), Fields: readingFields(a.DistanceUnit),
		Empty: look.Empty{Icon: "history", Title: "Never read", Text: "Record what the dashboard shows. Trips of a tracking device are added from then on."},
		Pager: page.Pager(look.Count(len(readings), "reading", "readings"), in.Cursor, next, self+"/odometer"),
	}
	for _, r := range readings {
		v.Rows = append(v.Rows, readingRow{Value: record.Distance(r.Value, r.Unit), Source: page.TitleOf(strings.ReplaceAll(r.Source, "_", " ")), Note: r.Note, At: f.Exact(r.ReadAt), Replaced: r.Replaced})
	}
	p, unit, err := c.Odometer.Now(ctx, c.Actor, a.ID)
	if fault.CodeOf(err) == "odometer.unknown" {
		return v, nil
	}
	if err != nil {
		return v, err
	}
	v.Known, v.Value, v.Read = true, record.Distance(odometer.Shown(p.Metres, unit), unit), f.Exact(p.Last.At)
	v.Kind = look.Badge{Tone: "ok", Icon: "check", Text: "Read"}
	if p.Estimated {
		v.Kind = look.Badge{Icon: "clock", Text: "Estimated"}
	}
	if p.Total != p.Metres {
		v.Total = record.Distance(odometer.Shown(p.Total, unit), unit)
	}
	v.Chart = chartOf(readings, p, unit)
	return v, nil
}

func readingFields(unit string) []look.Field {
	return []look.Field{
		{Name: "value", Label: "Dashboard shows", Unit: unit, Required: true, Hint: "The exact number; do not round it."},
		{Name: "read_at", Label: "Read at", Type: "datetime-local", Hint: "Now, if you leave it empty."},
		{Name: "note", Label: "Note", Max: 500},
	}
}

// chartView is a line of totals over time, for an SVG of 600 by 120.
type chartView struct {
	Points, Label string
	First, Last   string // what the ends of the line stand for
}

// chartOf draws the totals of a page of readings and what is shown now; nothing
// if there are fewer than two.
func chartOf(readings []odometer.Listed, now odometer.Point, unit string) chartView {
	type dot struct{ at, total int64 }
	var dots []dot
	for _, r := range slices.Backward(readings) {
		dots = append(dots, dot{r.ReadAt.Unix(), r.Total})
	}
	if n := len(dots); n == 0 || now.At.Unix() > dots[n-1].at {
		dots = append(dots, dot{now.At.Unix(), now.Total})
	}
	first, last := dots[0], dots[len(dots)-1]
	if len(dots) < 2 || last.at == first.at {
		return chartView{}
	}
	var points []string
	for _, d := range dots {
		x := 4 + (d.at-first.at)*592/(last.at-first.at)
		y := 116 - (d.total-first.total)*112/max(last.total-first.total, 1)
		points = append(points, fmt.Sprint(x, ",", y))
	}
	from, to := record.Distance(odometer.Shown(first.total, unit), unit), record.Distance(odometer.Shown(last.total, unit), unit)
	return chartView{Points: strings.Join(points, " "), First: from, Last: to, Label: "Total distance, from " + from + " to " + to}
}
