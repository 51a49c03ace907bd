// Package console is what the operator's staff see all day: pages made on the
// server, which work without a script and are better with one. Each section of
// the navigation, or a few that belong together, is a folder here.
//
// A page is one file with its template beside it. It asks the same services as
// the API, fills a view model, and its template reaches nothing else; a form is
// posted to a route of its own, which asks one service and redirects. What a
// reader may not do is not shown to them, and refused all the same.
//
// A section imports no other one. What all pages have in common is page's, how one
// section shows another one's records is record's, how pages look is look's
// business, who may come in is the edge's.
package console

import (
	"slices"
	"strings"

	"motorpool/functions/console/account"
	"motorpool/functions/console/assets"
	"motorpool/functions/console/care"
	"motorpool/functions/console/categories"
	"motorpool/functions/console/companies"
	"motorpool/functions/console/deliveries"
	"motorpool/functions/console/documents"
	"motorpool/functions/console/expenses"
	"motorpool/functions/console/home"
	"motorpool/functions/console/inspections"
	"motorpool/functions/console/insurance"
	"motorpool/functions/console/lists"
	"motorpool/functions/console/locations"
	"motorpool/functions/console/people"
	"motorpool/functions/console/reminders"
	"motorpool/functions/console/settings"
	"motorpool/functions/console/tracking"
	"motorpool/functions/console/users"
	"motorpool/functions/console/webhooks"
	"motorpool/shared/api"
)

// Routes is every page of every section, sorted by name.
var Routes = sorted(
	account.Routes,
	assets.Routes,
	care.Routes,
	categories.Routes,
	companies.Routes,
	deliveries.Routes,
	documents.Routes,
	expenses.Routes,
	home.Routes,
	inspections.Routes,
	insurance.Routes,
	lists.Routes,
	locations.Routes,
	people.Routes,
	reminders.Routes,
	settings.Routes,
	tracking.Routes,
	users.Routes,
	webhooks.Routes,
)

func sorted(sections ...[]api.Route) []api.Route {
	all := slices.Concat(sections...)
	slices.SortFunc(all, func(a, b api.Route) int { return strings.Compare(a.Name, b.Name) })
	return all
}
