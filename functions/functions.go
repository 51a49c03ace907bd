// Package functions lists everything the product does when something happens:
// a request, a message, a stream record, a step, a tick. Each is one file in a
// folder here. On AWS each is one Lambda; the pages of one subject share theirs
// (api.Route.Function).
package functions

import (
	"slices"

	"motorpool/functions/care"
	"motorpool/functions/companies"
	"motorpool/functions/console"
	"motorpool/functions/documents"
	"motorpool/functions/expenses"
	"motorpool/functions/exports"
	"motorpool/functions/fleet"
	"motorpool/functions/imports"
	"motorpool/functions/inspections"
	"motorpool/functions/insurance"
	"motorpool/functions/locations"
	"motorpool/functions/odometer"
	"motorpool/functions/people"
	"motorpool/functions/settings"
	"motorpool/functions/steps"
	"motorpool/functions/ticks"
	"motorpool/functions/tracking"
	"motorpool/functions/uploads"
	"motorpool/functions/webhooks"
	"motorpool/functions/workers"
	"motorpool/shared/api"
)

// An Area is one folder: one bootstrap binary on AWS.
type Area struct {
	Name      string
	Routes    []api.Route
	Streams   []api.Stream
	Consumers []api.Consumer
	Steps     []api.Step
	Ticks     []api.Tick
}

// Areas is the whole product, sorted by name.
var Areas = []Area{
	{Name: "care", Routes: care.Routes},
	{Name: "companies", Routes: companies.Routes},
	{Name: "console", Routes: console.Routes},
	{Name: "documents", Routes: documents.Routes},
	{Name: "expenses", Routes: expenses.Routes},
	{Name: "exports", Routes: exports.Routes},
	{Name: "fleet", Routes: fleet.Routes},
	{Name: "imports", Routes: imports.Routes},
	{Name: "inspections", Routes: inspections.Routes},
	{Name: "insurance", Routes: insurance.Routes},
	{Name: "locations", Routes: locations.Routes},
	{Name: "odometer", Routes: odometer.Routes},
	{Name: "people", Routes: people.Routes},
	{Name: "settings", Routes: settings.Routes},
	{Name: "steps", Steps: steps.Steps},
	{Name: "ticks", Ticks: ticks.Ticks},
	{Name: "tracking", Routes: tracking.Routes},
	{Name: "uploads", Routes: uploads.Routes},
	{Name: "webhooks", Routes: webhooks.Routes},
	{Name: "workers", Streams: workers.Streams, Consumers: workers.Consumers},
}

// Routes is the whole HTTP surface.
func Routes() []api.Route { return gather(func(a Area) []api.Route { return a.Routes }) }

// Streams is everything that follows the table's stream.
func Streams() []api.Stream { return gather(func(a Area) []api.Stream { return a.Streams }) }

// Consumers is everything that works a queue.
func Consumers() []api.Consumer { return gather(func(a Area) []api.Consumer { return a.Consumers }) }

// Ticks is everything that a schedule wakes.
func Ticks() []api.Tick { return gather(func(a Area) []api.Tick { return a.Ticks }) }

// Step returns the step with a name.
func Step(name string) (api.Step, bool) {
	steps := gather(func(a Area) []api.Step { return a.Steps })
	i := slices.IndexFunc(steps, func(s api.Step) bool { return s.Name == name })
	if i < 0 {
		return api.Step{}, false
	}
	return steps[i], true
}

func gather[T any](of func(Area) []T) []T {
	var all []T
	for _, a := range Areas {
		all = append(all, of(a)...)
	}
	return all
}
