package main

import (
	"fmt"
	"maps"

	"motorpool/infra/aws/seed"
)

// careAsks are about maintenance, issues and reminders.
func careAsks(w *seed.World) map[string]ask {
	all := repairAsks(w)
	for _, some := range []map[string]ask{reminderAsks(w), repairPageAsks(w), reminderPageAsks(w)} {
		maps.Copy(all, some)
	}
	return all
}

// repairAsks are about maintenance, issues and what happened.
func repairAsks(w *seed.World) map[string]ask {
	car := w.Assets["HC-107"].ID
	window := func(note string) string { return w.Windows[note].ID }
	about := func(title string) string { return w.Issues[title].ID }
	return map[string]ask{
		"care.cancel_window":       {at: window("to cancel")},
		"care.close_issue":         {at: about("to close")},
		"care.complete_window":     {at: window("to complete"), version: w.Windows["to complete"].Version},
		"care.create_window":       {bare: true, body: map[string]any{"asset": car, "starts_at": "2026-01-10T21:00:00Z", "ends_at": "2026-01-12T05:00:00Z", "reason": "service", "vendor": "Northside Auto"}},
		"care.dismiss_issue":       {at: about("to dismiss")},
		"care.edit_issue":          {at: about("to edit"), version: w.Issues["to edit"].Version, bare: true, body: map[string]any{"severity": "high", "due": "2026-03-15"}},
		"care.edit_window":         {at: window("to edit"), bare: true, body: map[string]any{"note": "60,000 km service"}},
		"care.get_issue":           {at: about("to edit")},
		"care.get_window":          {at: window("to edit")},
		"care.list_asset_timeline": {at: car, query: "limit=20"},
		"care.list_calendar":       {query: "limit=20"},
		"care.list_issues":         {query: "state=open&limit=20"},
		"care.list_maintenance":    {query: "limit=20"},
		"care.reopen_issue":        {at: about("to reopen")},
		"care.report_issue":        {bare: true, body: map[string]any{"asset": car, "title": "Scratch on the left rear door", "type": "damage", "severity": "medium"}},
		"care.resolve_issue":       {at: about("to resolve")},
		"care.start_issue":         {at: about("to start")},
		"care.start_window":        {at: window("to start")},
	}
}

// reminderAsks are about what is due.
func reminderAsks(w *seed.World) map[string]ask {
	car := w.Assets["HC-107"].ID
	reminder := func(name string) string { return w.Reminders[name].ID }
	template := func(name string) string { return w.Templates[name].ID }
	return map[string]ask{
		"care.apply_template":    {at: template("Tyres")},
		"care.create_template":   {bare: true, body: map[string]any{"name": "Oil and filter", "interval_days": 180, "interval_distance": 15000000, "recurring": true}},
		"care.delete_template":   {at: template("to delete")},
		"care.edit_template":     {at: template("to edit"), bare: true, body: map[string]any{"warn_days": 21}},
		"care.get_template":      {at: template("Tyres")},
		"care.list_templates":    {},
		"care.complete_reminder": {at: reminder("to complete"), bare: true, body: map[string]any{"odometer": 57702000}},
		"care.create_reminder":   {bare: true, body: map[string]any{"asset": car, "name": "Oil and filter", "interval_days": 180, "last_done": "2026-02-14", "recurring": true}},
		"care.edit_reminder":     {at: reminder("to edit"), bare: true, body: map[string]any{"warn_days": 21}},
		"care.get_reminder":      {at: reminder("to edit")},
		"care.list_reminders":    {query: "state=scheduled&limit=20"},
		"care.skip_reminder":     {at: reminder("to skip")},
	}
}

// repairPageAsks are the pages of maintenance and issues.
func repairPageAsks(w *seed.World) map[string]ask {
	car := w.Assets["HC-107"].ID
	window := func(note string) string { return w.Windows[note].ID }
	about := func(title string) string { return w.Issues[title].ID }
	return map[string]ask{
		"console.asset_timeline":     {at: car},
		"console.calendar_page":      {query: "view=month"},
		"console.issue_create":       {form: "asset=" + car + "&title=Worn+tyre&type=tyre&severity=high"},
		"console.issue_edit":         {at: about("to edit")},
		"console.issue_list":         {query: "sort=due"},
		"console.issue_move":         {at: about("to start on its page"), form: "to=in_progress"},
		"console.issue_new":          {query: "asset=" + car},
		"console.issue_page":         {at: about("to edit")},
		"console.issue_photo_add":    {at: about("to edit"), form: "file="},
		"console.issue_save":         {at: about("to save on its page"), form: fmt.Sprintf("title=to+edit&type=damage&severity=high&version=%d", w.Issues["to save on its page"].Version)},
		"console.maintenance_create": {form: "asset=" + car + "&starts_at=2026-01-10T08:00&ends_at=2026-01-10T18:00&reason=service"},
		"console.maintenance_edit":   {at: window("to edit")},
		"console.maintenance_list":   {},
		"console.maintenance_move":   {at: window("to cancel on its page"), form: "to=cancelled"},
		"console.maintenance_new":    {query: "asset=" + car},
		"console.maintenance_page":   {at: window("to edit")},
		"console.maintenance_save":   {at: window("to save on its page"), form: "starts_at=2031-01-10T08:00&ends_at=2031-01-12T08:00&reason=service&version=1"},
	}
}

// reminderPageAsks are the pages of what is due.
func reminderPageAsks(w *seed.World) map[string]ask {
	car := w.Assets["HC-107"].ID
	reminder := func(name string) string { return w.Reminders[name].ID }
	template := func(name string) string { return w.Templates[name].ID }
	return map[string]ask{
		"console.reminder_complete":        {at: reminder("to complete on its page"), form: ""},
		"console.reminder_create":          {form: "asset=" + car + "&name=Oil&kind=service&interval_days=180&last_done=2026-01-01"},
		"console.reminder_edit":            {at: reminder("to edit")},
		"console.reminder_list":            {},
		"console.reminder_new":             {query: "asset=" + car},
		"console.reminder_page":            {at: reminder("to edit")},
		"console.reminder_save":            {at: reminder("to save on its page"), form: "name=to+edit&kind=service&interval_days=90&last_done=2026-01-01&version=1"},
		"console.reminder_skip":            {at: reminder("to skip on its page")},
		"console.reminder_template_apply":  {at: template("Tyres")},
		"console.reminder_template_create": {form: "name=Oil&kind=service&interval_days=180"},
		"console.reminder_template_delete": {at: template("to delete on its page")},
		"console.reminder_template_list":   {},
		"console.reminder_template_new":    {},
		"console.reminder_template_page":   {at: template("Tyres")},
		"console.reminder_template_save":   {at: template("to save on its page"), form: "name=Tyres&kind=service&interval_days=300&version=1"},
	}
}
