// Package customer is what the pages of people and companies have in common: the
// form, the links between them, and those who may be the same.
package customer

import "embed"

//go:embed *.html
var files embed.FS
