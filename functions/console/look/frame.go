package look

import (
	"time"

	"motorpool/shared/access"
)

// Frame is what surrounds a page's own contents. Every view model embeds one.
type Frame struct {
	Title     string // of the document and of the page's heading
	Lead      string // one sentence under the heading; may be empty
	Crumbs    []Link // the way here, without the page itself
	Section   string // the navigation entry to mark: "assets"
	Actor     access.Actor
	Workspace string // its name
	Test      bool   // nothing here is real
	Toast     Toast
	Refreshes bool // the page shows what changes by itself
	Reloads   bool // it does so without scripts, too: it is loaded again
	Clock
}

// Toast is news about what the reader has just done.
type Toast struct{ Tone, Text string }

// Link is a place to go.
type Link struct{ Text, To string }

// May reports whether the reader holds a grant; what they may not do is not shown.
func (f Frame) May(g access.Grant) bool { return f.Actor.May(g) }

// Admin reports whether the reader may do everything, everywhere in the workspace.
func (f Frame) Admin() bool {
	for _, g := range access.All() {
		if !f.May(g) {
			return false
		}
	}
	return len(f.Actor.Locations) == 0
}

// Nav is the navigation as this reader sees it.
func (f Frame) Nav() []Group {
	var shown []Group
	for _, g := range groups {
		var mine []Section
		for _, s := range g.Sections {
			if f.May(s.Allow) && (!s.Admin || f.Admin()) {
				s.Current = s.Name == f.Section
				mine = append(mine, s)
			}
		}
		if len(mine) > 0 {
			shown = append(shown, Group{g.Name, mine})
		}
	}
	return shown
}

// Group is a run of the navigation under one caption.
type Group struct {
	Name     string // empty: no caption
	Sections []Section
}

// Section is one entry of the navigation.
type Section struct {
	Name    string
	Text    string
	To      string
	Icon    string
	Key     string // g and this key goes there
	Allow   access.Grant
	Admin   bool // only Admins may come here
	Current bool
}

// groups is the whole navigation. A later area adds its line here.
var groups = []Group{
	{"", []Section{
		{Name: "home", Text: "Home", To: "/", Icon: "home", Key: "h"},
	}},
	{"Fleet", []Section{
		{Name: "assets", Text: "Assets", To: "/assets", Icon: "car", Key: "a", Allow: access.ViewAssets},
		{Name: "calendar", Text: "Calendar", To: "/calendar", Icon: "calendar", Key: "z", Allow: access.ViewAssets},
		{Name: "maintenance", Text: "Maintenance", To: "/maintenance", Icon: "gear", Key: "n", Allow: access.ViewAssets},
		{Name: "issues", Text: "Issues", To: "/issues", Icon: "alert", Key: "i", Allow: access.ViewAssets},
		{Name: "reminders", Text: "Reminders", To: "/reminders", Icon: "clock", Key: "b", Allow: access.ViewAssets},
		{Name: "inspections", Text: "Inspections", To: "/inspections", Icon: "eye", Key: "j", Allow: access.ViewAssets},
		{Name: "categories", Text: "Categories", To: "/categories", Icon: "tag", Key: "c", Allow: access.ViewAssets},
		{Name: "locations", Text: "Locations", To: "/locations", Icon: "pin", Key: "o", Allow: access.ViewLocations},
		{Name: "expenses", Text: "Expenses", To: "/expenses", Icon: "coin", Key: "$", Allow: access.ViewExpenses},
		{Name: "insurance", Text: "Insurance", To: "/insurance", Icon: "umbrella", Key: "q", Allow: access.ViewExpenses},
		{Name: "exports", Text: "Exports", To: "/exports", Icon: "download", Key: "x", Allow: access.RunExports},
		{Name: "devices", Text: "Devices", To: "/devices", Icon: "device", Key: "t", Allow: access.ViewTracking},
	}},
	{"Customers", []Section{
		{Name: "people", Text: "People", To: "/people", Icon: "user", Key: "p", Allow: access.ViewPeople},
		{Name: "companies", Text: "Companies", To: "/companies", Icon: "firm", Key: "y", Allow: access.ViewPeople},
		{Name: "documents", Text: "Documents", To: "/documents", Icon: "paper", Key: "f", Allow: access.ViewPeople},
	}},
	{"Settings", []Section{
		{Name: "webhooks", Text: "Webhooks", To: "/settings/webhooks", Icon: "hook", Key: "w", Allow: access.ViewWebhooks},
		{Name: "deliveries", Text: "Webhook logs", To: "/settings/webhooks/deliveries", Icon: "log", Key: "l", Allow: access.ViewWebhooks},
		{Name: "keys", Text: "API keys", To: "/settings/api-keys", Icon: "key", Key: "k", Allow: access.ViewKeys},
		{Name: "outbox", Text: "Outbox", To: "/settings/outbox", Icon: "send", Key: ".", Allow: access.ManageUsers, Admin: true},
		{Name: "workspace", Text: "Workspace", To: "/settings/workspace", Icon: "gear", Key: "s", Allow: access.ManageSettings},
		{Name: "users", Text: "Users", To: "/settings/users", Icon: "user", Key: "m", Allow: access.ViewUsers},
		{Name: "roles", Text: "Roles and permissions", To: "/settings/roles", Icon: "shield", Key: "r", Allow: access.ViewUsers},
		{Name: "document-settings", Text: "Document expiry", To: "/settings/documents", Icon: "clock", Key: "v", Allow: access.ManageSettings},
		{Name: "audit", Text: "Audit log", To: "/settings/audit", Icon: "history", Key: "u", Allow: access.ViewAudit},
	}},
	{"Help", []Section{
		{Name: "api", Text: "API reference", To: "/docs", Icon: "code", Key: "d"},
		{Name: "events", Text: "Event catalogue", To: "/docs/events", Icon: "book", Key: "e"},
	}},
}

// Clock shows instants to one reader: it knows what time it is and where, and how
// they write dates.
type Clock struct {
	Now   time.Time
	Zone  *time.Location
	Dates string       // as package time lays dates out; empty: "2 Jan 2006"
	Weeks time.Weekday // on which day weeks begin
}
