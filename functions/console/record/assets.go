package record

import (
	"context"
	"strconv"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fleet"
)

// ToAssets leads to the list of assets.
var ToAssets = look.Link{Text: "Assets", To: "/assets"}

// AssetBadge says how an asset stands.
func AssetBadge(s fleet.Status) look.Badge {
	switch s {
	case fleet.Available:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Available"}
	case fleet.Archived:
		return look.Badge{Icon: "archive", Text: "Archived"}
	case fleet.Reserved:
		return look.Badge{Tone: "info", Icon: "clock", Text: "Reserved"}
	case fleet.OnBooking:
		return look.Badge{Tone: "info", Icon: "key", Text: "On booking"}
	case fleet.OverdueReturn:
		return look.Badge{Tone: "bad", Icon: "alert", Text: "Overdue return"}
	case fleet.InMaintenance:
		return look.Badge{Tone: "warn", Icon: "gear", Text: "In maintenance"}
	}
	return look.Badge{Tone: "warn", Icon: "pause", Text: "Booking off"}
}

// AllCategories reads every category, in their order: there are few.
func AllCategories(ctx context.Context, c *api.Call) ([]*fleet.Category, error) {
	var all []*fleet.Category
	for cursor := ""; ; {
		batch, next, err := c.Fleet.Categories(ctx, c.Actor.Workspace, fleet.CategoryFilter{}, cursor, 200)
		if err != nil {
			return nil, err
		}
		if all = append(all, batch...); next == "" || len(all) >= 1000 {
			return nested(all), nil
		}
		cursor = next
	}
}

// nested puts subcategories behind their parents.
func nested(all []*fleet.Category) []*fleet.Category {
	parts := map[string][]*fleet.Category{}
	for _, c := range all {
		parts[c.Parent] = append(parts[c.Parent], c)
	}
	var out []*fleet.Category
	for _, top := range parts[""] {
		out = append(append(out, top), parts[top.ID]...)
	}
	return out
}

// AssetTabs are the views of one asset that this reader may open.
func AssetTabs(f look.Frame, self, current string) []look.Tab {
	tabs := []look.Tab{
		{Text: "Details", To: self, Current: current == ""},
		{Text: "Photos", To: self + "/photos", Current: current == "photos"},
		{Text: "Odometer", To: self + "/odometer", Current: current == "odometer"},
		{Text: "Inspections", To: page.With("/inspections", "asset", strings.TrimPrefix(self, "/assets/")), Current: current == "inspections"},
	}
	if f.May(access.ViewTracking) {
		tabs = append(tabs, look.Tab{Text: "Journeys", To: self + "/journeys", Current: current == "journeys"})
	}
	for _, more := range []struct{ name, text, to string }{
		{"timeline", "Timeline", self + "/timeline"},
		{"maintenance", "Maintenance", page.With("/maintenance", "asset", idOf(self))},
		{"issues", "Issues", page.With("/issues", "asset", idOf(self))},
		{"reminders", "Reminders", page.With("/reminders", "asset", idOf(self))},
	} {
		tabs = append(tabs, look.Tab{Text: more.text, To: more.to, Current: current == more.name})
	}
	tabs = append(tabs, look.Tab{Text: "Documents", To: self + "?tab=documents", Current: current == "documents"})
	if f.May(access.ViewExpenses) {
		tabs = append(tabs,
			look.Tab{Text: "Costs", To: self + "/costs", Current: current == "costs"},
			look.Tab{Text: "Insurance", To: page.With(InsurancePath, "asset", idOf(self)), Current: current == "insurance"})
	}
	return append(tabs, look.Tab{Text: "History", To: self + "?tab=history", Current: current == "history"})
}

// Distance writes 48210 as "48,210 km".
func Distance(n int64, unit string) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text + " " + unit
}

// idOf is the id at the end of a path.
func idOf(path string) string { return path[strings.LastIndex(path, "/")+1:] }
