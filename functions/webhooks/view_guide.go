package webhooks

import _ "embed"

// Guide is the page "Verify a webhook" of the docs, in Markdown.
//
//go:embed guide.md
var Guide string
