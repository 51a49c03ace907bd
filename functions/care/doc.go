// Package care answers for what keeps vehicles fit: maintenance windows, issues,
// service reminders, and the calendar and timelines that follow from them. What
// may be done is decided in shared/maintenance, shared/issue, shared/reminder and
// shared/calendar.
package care

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	ApplyTemplate, CancelWindow, CloseIssue, CompleteReminder, CompleteWindow, CreateReminder,
	CreateTemplate, CreateWindow, DeleteTemplate, DismissIssue, EditIssue, EditReminder,
	EditTemplate, EditWindow, GetIssue, GetReminder, GetTemplate, GetWindow,
	ListAssetTimeline, ListCalendar, ListIssues, ListMaintenance, ListReminders, ListTemplates,
	ReopenIssue, ReportIssue, ResolveIssue, SkipReminder, StartIssue, StartWindow,
}
