// Package home is the first page of the console, and the files that all pages need.
package home

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	Home,
	Static,
}
