package assets

import (
	"context"
	"slices"
	"strings"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/audit"
	"motorpool/shared/fleet"
	"motorpool/shared/odometer"
)

// timelineKinds are the kinds of which a timeline may show one alone, and the
// types of what they are about.
var timelineKinds = []struct {
	name, text string
	types      []string
}{
	{"", "Everything", nil},
	{"asset", "Vehicle", []string{"asset", "transfer"}},
	{"booking", "Bookings", []string{"booking"}},
	{"maintenance", "Maintenance", []string{"maintenance_window"}},
	{"issue", "Issues", []string{"issue"}},
	{"reminder", "Reminders", []string{"service_reminder"}},
	{"inspection", "Inspections", []string{"inspection"}},
	{"odometer", "Odometer", []string{"odometer"}},
}

// happening is one thing that happened to an asset.
type happening struct {
	at    time.Time
	entry timelineEntry
}

const (
	timelinePage  = 50
	timelineReads = 8   // pages of entries looked at for one page of one kind
	maxReadings   = 200 // of an odometer, woven in between
)

// stamp is an instant in an address.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// happenings is a page of what happened to an asset, newest first, with the
// readings of its odometer woven in between.
func happenings(ctx context.Context, c *api.Call, teller *record.Teller, a *fleet.Asset, in assetTimelineInput) (all []happening, next string, err error) {
	i := slices.IndexFunc(timelineKinds, func(k struct {
		name, text string
		types      []string
	},
	) bool {
		return k.name == in.Kind
	})
	kind := timelineKinds[max(i, 0)]
	next = in.Cursor
	for range timelineReads {
		if kind.name == "odometer" {
			next = ""
			break
		}
		var batch []audit.Entry
		if batch, next, err = c.Fleet.Timeline(ctx, c.Actor, a.ID, next, timelinePage); err != nil {
			return nil, "", err
		}
		for _, e := range batch {
			if kind.types == nil || slices.Contains(kind.types, e.Object.Type) {
				all = append(all, happening{e.At, happened(teller.Tell(ctx, e), e)})
			}
		}
		if next == "" || len(all) >= timelinePage {
			break
		}
	}
	if kind.name != "" && kind.name != "odometer" {
		return all, next, nil
	}
	read, err := readingsBetween(ctx, c, a, in.Before, all, next)
	if err != nil {
		return nil, "", err
	}
	all = append(all, read...)
	slices.SortStableFunc(all, func(a, b happening) int { return b.at.Compare(a.at) })
	return all, next, nil
}

// readingsBetween are the readings that belong on a page: later than its last
// entry, unless there is no next page, and earlier than the page before.
func readingsBetween(ctx context.Context, c *api.Call, a *fleet.Asset, before string, batch []happening, next string) (out []happening, err error) {
	var from, until time.Time
	if next != "" && len(batch) > 0 {
		from = batch[len(batch)-1].at
	}
	if t, err := time.Parse(time.RFC3339Nano, before); err == nil {
		until = t
	}
	for cursor, seen := "", 0; seen < maxReadings; {
		list, after, err := c.Odometer.Readings(ctx, c.Actor, a.ID, odometer.Valid, cursor, timelinePage)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			if r.ReadAt.After(from) && (until.IsZero() || r.ReadAt.Before(until)) {
				out = append(out, happening{r.ReadAt, timelineEntry{
					Icon: "log", What: "Odometer read", Object: look.Link{Text: record.Distance(r.Value, r.Unit), To: record.AssetPath(a.ID) + "/odometer"}, Who: page.TitleOf(r.Source),
				}})
			}
		}
		if cursor, seen = after, seen+len(list); cursor == "" {
			break
		}
	}
	return out, nil
}

// happened is an audit entry as a timeline shows it.
func happened(v record.Told, e audit.Entry) timelineEntry {
	t := timelineEntry{Icon: v.Icon, What: v.Action, Who: v.Who, Object: v.Object, Details: v.Details, Photos: v.Photos}
	switch _, verb, _ := strings.Cut(e.Action, "."); verb {
	case "completed", "resolved", "closed", "booking_enabled":
		t.Tone = "ok"
	case "overdue", "archived", "deleted":
		t.Tone = "bad"
	case "due_soon", "started", "reopened", "booking_disabled":
		t.Tone = "warn"
	}
	if e.Object.Type == "asset" {
		t.Object = look.Link{}
	}
	return t
}

// months groups what happened by month and day in the workspace's time zone.
func months(zone *time.Location, all []happening) (out []timelineMonth) {
	for _, h := range all {
		local := h.at.In(zone)
		month, day := local.Format("January 2006"), local.Format("Monday 2")
		if n := len(out); n == 0 || out[n-1].Title != month {
			out = append(out, timelineMonth{Title: month})
		}
		m := &out[len(out)-1]
		if n := len(m.Days); n == 0 || m.Days[n-1].Title != day {
			m.Days = append(m.Days, timelineDay{Title: day})
		}
		d := &m.Days[len(m.Days)-1]
		h.entry.Time = local.Format("15:04")
		d.Entries = append(d.Entries, h.entry)
	}
	return out
}
