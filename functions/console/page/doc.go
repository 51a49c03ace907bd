// Package page is what the console's pages have in common: how one is made, shown
// again with what was wrong, and left; the frame around it; the fields of forms
// and the values in them; and the page about what went wrong.
//
// It knows no record of the business. How pages look is look's business, what is
// on them each section's.
package page

import "embed"

//go:embed *.html
var files embed.FS
