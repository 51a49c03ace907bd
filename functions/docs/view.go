// Package docs is what stands at /docs and /openapi.json: what the routes for
// programs say of themselves, and the guides. It leaves the pages for people
// alone, so that who serves the docs need not have the console in it.
package docs

import (
	"html/template"
	"slices"

	"motorpool/functions/care"
	"motorpool/functions/companies"
	"motorpool/functions/documents"
	"motorpool/functions/fleet"
	"motorpool/functions/locations"
	"motorpool/functions/odometer"
	"motorpool/functions/people"
	"motorpool/functions/settings"
	"motorpool/functions/tracking"
	"motorpool/functions/webhooks"
	"motorpool/shared/docs"
)

// Site is /docs, its pages and guides, and the OpenAPI document.
func Site() (*docs.Site, error) {
	routes := slices.Concat(
		care.Routes,
		companies.Routes,
		documents.Routes,
		fleet.Routes,
		locations.Routes,
		odometer.Routes,
		people.Routes,
		settings.Routes,
		tracking.Routes,
		webhooks.Routes,
	)
	guide := template.HTML(webhooks.Guide) // #nosec: the text is in this repository
	return docs.New(routes, docs.Page{Slug: "verify-webhooks", Title: "Verify a webhook", Body: guide})
}
