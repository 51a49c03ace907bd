// Package people answers for customers: everything under /v1/people. What may
// be done, and what of it may be seen, is decided in shared/person.
package people

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	AddContact, AnonymisePerson, ArchivePerson, BlockPerson, CreatePerson, DeletePerson, EditContact, EditPerson, ExportPerson,
	GetPerson, GetPersonExport, ListAlike, ListBlocks, ListDuplicates, ListPeople, ListPersonHistory, MergePerson, OrderPersonExport, RemoveContact, RestorePerson,
	UnblockPerson, VerifyContact,
}
