// Package companies answers for companies and their contacts: everything under
// /v1/companies. What may be done is decided in shared/company.
package companies

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	ArchiveCompany, CreateCompany, DropContact, EditCompany, GetCompany, ListCompanies, ListCompaniesOfPerson, ListCompanyHistory, ListDuplicates, MergeCompany, NameContact, RestoreCompany,
}
