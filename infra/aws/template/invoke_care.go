package main

import "motorpool/infra/aws/seed"

// careAsks are about maintenance, issues and reminders.
func careAsks(w *seed.World) map[string]ask {
	car := w.Assets["HC-107"].ID
	window := func(note string) string { return w.Windows[note].ID }
	about := func(title string) string { return w.Issues[title].ID }
	reminder := func(name string) string { return w.Reminders[name].ID }
	return map[string]ask{
		"care.cancel_window":       {at: window("to cancel")},
		"care.close_issue":         {at: about("to close")},
		"care.complete_reminder":   {at: reminder("to complete"), bare: true, body: map[string]any{"odometer": 57702000}},
		"care.complete_window":     {at: window("to complete"), version: w.Windows["to complete"].Version},
		"care.create_reminder":     {bare: true, body: map[string]any{"asset": car, "name": "Oil and filter", "interval_days": 180, "last_done": "2026-02-14", "recurring": true}},
		"care.create_window":       {bare: true, body: map[string]any{"asset": car, "starts_at": "2026-01-10T21:00:00Z", "ends_at": "2026-01-12T05:00:00Z", "reason": "service", "vendor": "Northside Auto"}},
		"care.dismiss_issue":       {at: about("to dismiss")},
		"care.edit_issue":          {at: about("to edit"), version: w.Issues["to edit"].Version, bare: true, body: map[string]any{"severity": "high", "due": "2026-03-15"}},
		"care.edit_reminder":       {at: reminder("to edit"), bare: true, body: map[string]any{"warn_days": 21}},
		"care.edit_window":         {at: window("to edit"), bare: true, body: map[string]any{"note": "60,000 km service"}},
		"care.get_issue":           {at: about("to edit")},
		"care.get_reminder":        {at: reminder("to edit")},
		"care.get_window":          {at: window("to edit")},
		"care.list_asset_timeline": {at: car, query: "limit=20"},
		"care.list_calendar":       {query: "limit=20"},
		"care.list_issues":         {query: "state=open&limit=20"},
		"care.list_maintenance":    {query: "limit=20"},
		"care.list_reminders":      {query: "state=scheduled&limit=20"},
		"care.reopen_issue":        {at: about("to reopen")},
		"care.report_issue":        {bare: true, body: map[string]any{"asset": car, "title": "Scratch on the left rear door", "type": "damage", "severity": "medium"}},
		"care.resolve_issue":       {at: about("to resolve")},
		"care.skip_reminder":       {at: reminder("to skip")},
		"care.start_issue":         {at: about("to start")},
		"care.start_window":        {at: window("to start")},
	}
}
