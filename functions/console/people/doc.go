// Package people is the console's pages of the people who are customers.
package people

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	ContactCreate,
	ContactEdit,
	ContactRemove,
	ContactSave,
	ContactVerify,
	PersonAlike,
	PersonAnonymise,
	PersonArchive,
	PersonBlock,
	PersonCreate,
	PersonDelete,
	PersonEdit,
	PersonExport,
	PersonExportFile,
	PersonExportList,
	PersonList,
	PersonMerge,
	PersonNew,
	PersonPage,
	PersonRestore,
	PersonSave,
	PersonUnblock,
}
