package webhooks

import _ "embed"

// Guide is the page "Verify a webhook" of the docs: guide.md without its title,
// as HTML.
//
//go:embed guide.html
var Guide string
