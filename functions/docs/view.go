// Package docs is what stands at /docs and /openapi.json: what the routes for
// programs say of themselves, and the guides.
package docs

import (
	"html/template"
	"slices"
	"strings"

	"motorpool/functions"
	"motorpool/functions/webhooks"
	"motorpool/shared/api"
	"motorpool/shared/docs"
)

// Site is /docs, its pages and guides, and the OpenAPI document.
func Site() (*docs.Site, error) {
	routes := slices.DeleteFunc(functions.Routes(), func(r api.Route) bool { return !strings.HasPrefix(r.Path, "/v1/") })
	guide := template.HTML(webhooks.Guide) // #nosec: the text is in this repository
	return docs.New(routes, docs.Page{Slug: "verify-webhooks", Title: "Verify a webhook", Body: guide})
}
