// Package docs is what stands at /docs and /openapi.json: what the routes for
// programs say of themselves, and the guides. It leaves the pages for people
// alone, so that who serves the docs need not have the console in it.
package docs

import (
	"html/template"
	"net/http"
	"slices"

	"motorpool/functions/fleet"
	"motorpool/functions/locations"
	"motorpool/functions/people"
	"motorpool/functions/settings"
	"motorpool/functions/webhooks"
	"motorpool/shared/docs"
)

// Handler serves /docs, its pages and guides, and the OpenAPI document.
func Handler() (http.Handler, error) {
	routes := slices.Concat(fleet.Routes, locations.Routes, people.Routes, settings.Routes, webhooks.Routes)
	guide := template.HTML(webhooks.Guide) // #nosec: the text is in this repository
	return docs.New(routes, docs.Page{Slug: "verify-webhooks", Title: "Verify a webhook", Body: guide})
}
