package console

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"motorpool/functions/console/look"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/issue"
	"motorpool/shared/maintenance"
	"motorpool/shared/member"
	"motorpool/shared/odometer"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
)

// careInput is the input of a page about one window, issue, reminder or template.
type careInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
}

func windowPath(id string) string   { return "/maintenance/" + url.PathEscape(id) }
func issuePath(id string) string    { return "/issues/" + url.PathEscape(id) }
func reminderPath(id string) string { return "/reminders/" + url.PathEscape(id) }
func schedulePath(id string) string { return "/reminder-templates/" + url.PathEscape(id) }

// idOf is the id at the end of a path.
func idOf(path string) string { return path[strings.LastIndex(path, "/")+1:] }

// careList is what the lists of windows, issues and reminders have in common:
// of the fleet, or, as a tab of its page, of one asset.
type careList struct {
	look.Frame
	Tabs     []look.Tab
	Acts     []look.Act
	Action   string
	Asset    string
	Filters  []look.Field
	Filtered bool
	Clear    string
	Pager    look.Pager
	Empty    look.Empty
}

func careListOf(ctx context.Context, c *api.Call, f look.Frame, asset, tab string) (v careList, err error) {
	v.Asset = asset
	if asset != "" {
		a, err := c.Fleet.Find(ctx, c.Actor, asset)
		if err != nil {
			return v, err
		}
		f.Section, f.Lead = "assets", a.Title()
		f.Crumbs = []look.Link{toAssets, {Text: a.Title(), To: assetPath(a.ID)}}
	}
	if v.Frame, err = frame(ctx, c, f); err == nil && asset != "" {
		v.Tabs = assetTabs(v.Frame, assetPath(asset), tab)
	}
	return v, err
}

// finish fills in how to go on, with the filters of pairs.
func (v *careList) finish(what string, shown int, cursor, next string, pairs ...string) {
	v.Pager = pager(look.Count(shown, what, what+"s"), cursor, next, v.Action, pairs...)
	v.Clear = with(v.Action, "asset", v.Asset)
}

// offer says what to do, to who may do it, and in a list that is empty why.
func (v *careList) offer(text, to string) {
	if v.May(access.ManageCare) {
		v.Acts = append(v.Acts, look.Act{Text: text, Icon: "plus", To: to, Tone: "main"})
		v.Empty.Links = []look.Link{{Text: text, To: to}}
	}
	if v.Filtered {
		v.Empty = look.Empty{Icon: "search", Title: "Nothing matches", Text: "Nothing here is like that.", Links: []look.Link{{Text: "Clear the filters", To: v.Clear}}}
	}
}

// titlesOf returns a function that names assets, and asks about each once.
func titlesOf(ctx context.Context, c *api.Call) func(id string) (look.Link, error) {
	known := map[string]look.Link{}
	return func(id string) (look.Link, error) {
		if l, is := known[id]; is {
			return l, nil
		}
		a, err := c.Fleet.Asset(ctx, c.Actor.Workspace, id)
		if err != nil {
			return look.Link{}, err
		}
		known[id] = look.Link{Text: a.Title(), To: assetPath(id)}
		return known[id], nil
	}
}

func windowBadge(s maintenance.State) look.Badge {
	switch s {
	case maintenance.Planned:
		return look.Badge{Tone: "info", Icon: "clock", Text: "Planned"}
	case maintenance.InProgress:
		return look.Badge{Tone: "warn", Icon: "gear", Text: "In progress"}
	case maintenance.Completed:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Completed"}
	}
	return look.Badge{Icon: "cross", Text: "Cancelled"}
}

func issueBadge(s issue.State) look.Badge {
	switch s {
	case issue.Open:
		return look.Badge{Tone: "warn", Icon: "alert", Text: "Open"}
	case issue.InProgress:
		return look.Badge{Tone: "info", Icon: "gear", Text: "In progress"}
	case issue.Resolved:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Resolved"}
	}
	return look.Badge{Icon: "archive", Text: titleOf(string(s))}
}

func severityBadge(s string) look.Badge {
	switch s {
	case issue.Safety:
		return look.Badge{Tone: "bad", Icon: "stop", Text: "Safety"}
	case "high":
		return look.Badge{Tone: "warn", Icon: "alert", Text: "High"}
	}
	return look.Badge{Icon: "dash", Text: titleOf(s)}
}

func reminderBadge(s reminder.State) look.Badge {
	switch s {
	case reminder.Scheduled:
		return look.Badge{Icon: "clock", Text: "Scheduled"}
	case reminder.DueSoon:
		return look.Badge{Tone: "warn", Icon: "clock", Text: "Due soon"}
	case reminder.Overdue:
		return look.Badge{Tone: "bad", Icon: "alert", Text: "Overdue"}
	case reminder.Completed:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Completed"}
	}
	return look.Badge{Icon: "next", Text: "Skipped"}
}

// named are the options of a select over words of ours.
func named[S ~string](all []S) (out []look.Option) {
	for _, s := range all {
		out = append(out, look.Option{Value: string(s), Text: titleOf(string(s))})
	}
	return out
}

// pairs are facts; those that say nothing are left out.
func pairs(all ...string) (out []look.Pair) {
	for i := 0; i+1 < len(all); i += 2 {
		if v := all[i+1]; v != "" && v != " before" {
			out = append(out, look.Pair{Name: all[i], Value: v})
		}
	}
	return out
}

func yes(b bool) string {
	if b {
		return "Yes"
	}
	return ""
}

// zoneOf is the workspace's time zone.
func zoneOf(ctx context.Context, c *api.Call) (*time.Location, error) {
	w, err := c.Workspaces.Get(ctx, c.Actor.Workspace)
	if err != nil {
		return nil, err
	}
	return w.Location(), nil
}

// dayOf is the day of an instant in the workspace's time zone: 2026-03-01.
func dayOf(f look.Frame, t time.Time) string { return span.DateOf(t.In(f.Zone)).String() }

// localText is an instant as <input type="datetime-local"> wants it.
func localText(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format(localTime)
}

// localInstant reads what <input type="datetime-local"> gives.
func localInstant(s string, zone *time.Location, field string, bad *fault.Error) time.Time {
	if text(s) == "" {
		return time.Time{}
	}
	t, err := time.ParseInLocation(localTime, text(s), zone)
	if err != nil {
		bad.Fields = append(bad.Fields, fault.Field{Name: field, Reason: "Give a day and a time."})
	}
	return t
}

// unitOf is what the odometer of an asset counts.
func unitOf(ctx context.Context, c *api.Call, asset string) (string, error) {
	a, err := c.Fleet.Asset(ctx, c.Actor.Workspace, asset)
	if fault.KindOf(err) == fault.NotFound {
		return "km", nil // and the form will say that there is no such asset
	}
	if err != nil {
		return "", err
	}
	return a.DistanceUnit, nil
}

// driven reads a distance as people write it, in km or mi; nil if nothing is said.
func driven(s, unit, field string, bad *fault.Error) *int64 {
	digits := strings.NewReplacer(" ", "", ",", "", "\u00a0", "").Replace(s)
	if digits == "" {
		return nil
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || n > odometer.MaxValue {
		bad.Fields = append(bad.Fields, fault.Field{Name: field, Reason: "Give a whole number of " + unit + "."})
		return nil
	}
	m := odometer.Metres(n, unit)
	return &m
}

// metresText writes metres as "48,210 km"; empty if they are not known.
func metresText(n *int64, unit string) string {
	if n == nil {
		return ""
	}
	return distance(odometer.Shown(*n, unit), unit)
}

// shownText is metresText for a form: 48210.
func shownText(n *int64, unit string) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(odometer.Shown(*n, unit), 10)
}

// everyText says an interval: "180 days or 15,000 km".
func everyText(days int, distance int64, unit string) string {
	var parts []string
	if days > 0 {
		parts = append(parts, look.Count(days, "day", "days"))
	}
	if distance > 0 {
		parts = append(parts, metresText(&distance, unit))
	}
	return strings.Join(parts, " or ")
}

// assignable are the options of who may see to something: everybody who works
// here. Who is chosen already stays, whether they are in the first two hundred
// or not.
func assignable(ctx context.Context, c *api.Call, none string, chosen ...string) ([]look.Option, error) {
	page, _, err := c.Members.List(ctx, c.Actor, member.Filter{State: member.Active}, "", 200)
	if err != nil {
		return nil, err
	}
	out := []look.Option{}
	if none != "" {
		out = append(out, look.Option{Text: none})
	}
	seen := map[string]bool{"": true}
	for _, m := range page {
		seen[m.ID] = true
		out = append(out, look.Option{Value: m.ID, Text: m.Name})
	}
	for _, id := range chosen {
		if seen[id] {
			continue
		}
		name, err := memberName(ctx, c, id)
		if err != nil {
			return nil, err
		}
		out = append(out, look.Option{Value: id, Text: name})
	}
	for i := range out {
		for _, id := range chosen {
			out[i].Chosen = out[i].Chosen || out[i].Value == id
		}
	}
	return out, nil
}

// memberName is what people call a user; their id if they are not here any more.
func memberName(ctx context.Context, c *api.Call, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	m, err := c.Members.Get(ctx, c.Actor, id)
	if fault.KindOf(err) == fault.NotFound {
		return id, nil
	}
	if err != nil {
		return "", err
	}
	return m.Name, nil
}
