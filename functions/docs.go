package functions

import (
	"html/template"
	"net/http"

	"motorpool/functions/webhooks"
	"motorpool/shared/docs"
)

// Docs serves what people and programs read about the routes: /docs, its pages
// and guides, and the OpenAPI document.
func Docs() (http.Handler, error) {
	guide := template.HTML(webhooks.Guide) // #nosec: the text is in this repository
	return docs.New(Routes(), docs.Page{Slug: "verify-webhooks", Title: "Verify a webhook", Body: guide})
}
