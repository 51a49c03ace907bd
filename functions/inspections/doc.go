// Package inspections answers for inspections of vehicles and the templates by
// which they are made. What may be done is decided in shared/inspection.
package inspections

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	AcknowledgeInspection, AdoptTemplates, AmendInspection, AnswerInspection, CompleteInspection, CreateInspection, CreateTemplate, DisputeInspection, EditTemplate, GetEdition, GetInspection, GetReport, GetTemplate, InviteCustomer, ListInspections, ListTemplates, PublishTemplate, RetireTemplate, VoidInspection,
}
