// Package locations is the console's pages of the places where vehicles stand.
package locations

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	LocationCreate,
	LocationList,
	LocationNew,
	LocationPage,
	LocationSave,
	LocationSwitch,
}
