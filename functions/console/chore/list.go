package chore

import (
	"context"
	"strconv"
	"strings"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/member"
	"motorpool/shared/odometer"
	"motorpool/shared/span"
)

// Input is the input of a page about one window, issue, reminder or template.
type Input struct {
	ID  string `path:"id"`
	Did string `query:"did"`
}

// List is what the lists of windows, issues and reminders have in common:
// of the fleet, or, as a tab of its page, of one asset.
type List struct {
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

// ListOf begins a list: of the fleet, or of one asset, whose tab is marked then.
func ListOf(ctx context.Context, c *api.Call, f look.Frame, asset, tab string) (v List, err error) {
	v.Asset = asset
	if asset != "" {
		a, err := c.Fleet.Find(ctx, c.Actor, asset)
		if err != nil {
			return v, err
		}
		f.Section, f.Lead = "assets", a.Title()
		f.Crumbs = []look.Link{record.ToAssets, {Text: a.Title(), To: record.AssetPath(a.ID)}}
	}
	if v.Frame, err = page.Frame(ctx, c, f); err == nil && asset != "" {
		v.Tabs = record.AssetTabs(v.Frame, record.AssetPath(asset), tab)
	}
	return v, err
}

// Finish fills in how to go on, with the filters of pairs.
func (v *List) Finish(what string, shown int, cursor, next string, pairs ...string) {
	v.Pager = page.Pager(look.Count(shown, what, what+"s"), cursor, next, v.Action, pairs...)
	v.Clear = page.With(v.Action, "asset", v.Asset)
}

// Offer says what to do, to who may do it, and in a list that is empty why.
func (v *List) Offer(text, to string) {
	if v.May(access.ManageCare) {
		v.Acts = append(v.Acts, look.Act{Text: text, Icon: "plus", To: to, Tone: "main"})
		v.Empty.Links = []look.Link{{Text: text, To: to}}
	}
	if v.Filtered {
		v.Empty = look.Empty{Icon: "search", Title: "Nothing matches", Text: "Nothing here is like that.", Links: []look.Link{{Text: "Clear the filters", To: v.Clear}}}
	}
}

// TitlesOf returns a function that names assets, and asks about each once.
func TitlesOf(ctx context.Context, c *api.Call) func(id string) (look.Link, error) {
	known := map[string]look.Link{}
	return func(id string) (look.Link, error) {
		if l, is := known[id]; is {
			return l, nil
		}
		a, err := c.Fleet.Find(ctx, c.Actor, id)
		if err != nil {
			return look.Link{}, err
		}
		known[id] = look.Link{Text: a.Title(), To: record.AssetPath(id)}
		return known[id], nil
	}
}

// Named are the options of a select over words of ours.
func Named[S ~string](all []S) (out []look.Option) {
	for _, s := range all {
		out = append(out, look.Option{Value: string(s), Text: page.TitleOf(string(s))})
	}
	return out
}

// Pairs are facts; those that say nothing are left out.
func Pairs(all ...string) (out []look.Pair) {
	for i := 0; i+1 < len(all); i += 2 {
		if v := all[i+1]; v != "" && v != " before" {
			out = append(out, look.Pair{Name: all[i], Value: v})
		}
	}
	return out
}

// Yes says yes, or nothing.
func Yes(b bool) string {
	if b {
		return "Yes"
	}
	return ""
}

// DayOf is the day of an instant in the workspace's time zone: 2026-03-01.
func DayOf(f look.Frame, t time.Time) string { return span.DateOf(t.In(f.Zone)).String() }

// UnitOf is what the odometer of an asset counts.
func UnitOf(ctx context.Context, c *api.Call, asset string) (string, error) {
	a, err := c.Fleet.Find(ctx, c.Actor, asset)
	if fault.KindOf(err) == fault.NotFound {
		return "km", nil // and the form will say that there is no such asset
	}
	if err != nil {
		return "", err
	}
	return a.DistanceUnit, nil
}

// Driven reads a distance as people write it, in km or mi; nil if nothing is said.
func Driven(s, unit, field string, bad *fault.Error) *int64 {
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

// MetresText writes metres as "48,210 km"; empty if they are not known.
func MetresText(n *int64, unit string) string {
	if n == nil {
		return ""
	}
	return record.Distance(odometer.Shown(*n, unit), unit)
}

// ShownText is metresText for a form: 48210.
func ShownText(n *int64, unit string) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(odometer.Shown(*n, unit), 10)
}

// Assignable are the options of who may see to something: everybody who works
// here. Who is chosen already stays, whether they are in the first two hundred
// or not.
func Assignable(ctx context.Context, c *api.Call, none string, chosen ...string) ([]look.Option, error) {
	batch, _, err := c.Members.List(ctx, c.Actor, member.Filter{State: member.Active}, "", 200)
	if err != nil {
		return nil, err
	}
	out := []look.Option{}
	if none != "" {
		out = append(out, look.Option{Text: none})
	}
	seen := map[string]bool{"": true}
	for _, m := range batch {
		seen[m.ID] = true
		out = append(out, look.Option{Value: m.ID, Text: m.Name})
	}
	for _, id := range chosen {
		if seen[id] {
			continue
		}
		name, err := MemberName(ctx, c, id)
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

// MemberName is what people call a user; their id if they are not here any more.
func MemberName(ctx context.Context, c *api.Call, id string) (string, error) {
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
