// Package categories is the console's pages of the categories of vehicles.
package categories

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	CategoryCreate,
	CategoryDelete,
	CategoryImage,
	CategoryList,
	CategoryMerge,
	CategoryNew,
	CategoryPage,
	CategorySave,
}
