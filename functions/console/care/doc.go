// Package care is the console's pages of the calendar, of maintenance and of issues.
package care

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	CalendarPage,
	IssueCreate,
	IssueEdit,
	IssueList,
	IssueMove,
	IssueNew,
	IssuePage,
	IssuePhotoAdd,
	IssueSave,
	MaintenanceCreate,
	MaintenanceEdit,
	MaintenanceList,
	MaintenanceMove,
	MaintenanceNew,
	MaintenancePage,
	MaintenanceSave,
}
