// Package companies is the console's pages of the companies that are customers.
package companies

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	CompanyArchive,
	CompanyContactDrop,
	CompanyContactName,
	CompanyCreate,
	CompanyEdit,
	CompanyList,
	CompanyMerge,
	CompanyNew,
	CompanyPage,
	CompanyRestore,
	CompanySave,
}
