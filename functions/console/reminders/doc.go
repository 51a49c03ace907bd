// Package reminders is the console's pages of reminders and their templates.
package reminders

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	ReminderComplete,
	ReminderCreate,
	ReminderEdit,
	ReminderList,
	ReminderNew,
	ReminderPage,
	ReminderSave,
	ReminderSkip,
	ReminderTemplateApply,
	ReminderTemplateCreate,
	ReminderTemplateDelete,
	ReminderTemplateList,
	ReminderTemplateNew,
	ReminderTemplatePage,
	ReminderTemplateSave,
}
