// Package lists is the console's pages of lists on their way in and out: imports
// and exports.
package lists

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	ExportCreate,
	ExportFile,
	ExportList,
	ImportApply,
	ImportCancel,
	ImportCheck,
	ImportCreate,
	ImportErrors,
	ImportList,
	ImportPage,
}
