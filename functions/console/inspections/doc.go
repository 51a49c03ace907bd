// Package inspections is the console's pages of inspections and their templates,
// and the page on which a customer reads a report.
package inspections

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	InspectionAct,
	InspectionAnswer,
	InspectionCreate,
	InspectionFile,
	InspectionForm,
	InspectionJudge,
	InspectionList,
	InspectionNew,
	InspectionOpen,
	InspectionPage,
	InspectionShown,
	InspectionTemplateCreate,
	InspectionTemplateList,
	InspectionTemplatePage,
	InspectionTemplateSave,
}
