package functions

import (
	"bytes"
	"html/template"
	"net/http"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"motorpool/functions/webhooks"
	"motorpool/shared/docs"
)

// Docs serves what people and programs read about the routes: /docs, its pages
// and guides, and the OpenAPI document.
func Docs() (http.Handler, error) {
	guide, err := markdown(webhooks.Guide)
	if err != nil {
		return nil, err
	}
	return docs.New(Routes(), docs.Page{Slug: "verify-webhooks", Title: "Verify a webhook", Body: guide})
}

// markdown renders a guide of ours; its first heading is the page's title.
func markdown(text string) (template.HTML, error) {
	var b bytes.Buffer
	_, body, _ := bytes.Cut([]byte(text), []byte("\n"))
	err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert(body, &b)
	return template.HTML(b.String()), err // #nosec: the text is in this repository
}
