package care

import (
	"context"
	"net/http"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/reminder"
)

// ListReminders shows reminders, a page at a time.
var ListReminders = api.Route{
	Name:    "care.list_reminders",
	Method:  http.MethodGet,
	Path:    "/v1/service-reminders",
	Summary: "List service reminders",
	About:   "Those in one state, `scheduled` unless you say otherwise, in the order of the days on which they are due; of one asset all, newest first. A page may be short when filters are narrow: go on while there is a `next_cursor`.",
	Allow:   access.ViewAssets,
	Faults:  []string{"asset.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listReminders),
}

type listRemindersInput struct {
	api.Paging
	Asset string `query:"asset" doc:"Only of this asset"`
	State string `query:"state" enum:"scheduled,due_soon,overdue,completed,skipped"`
	Kind  string `query:"kind" enum:"service,registration,insurance,warranty"`
}

func listReminders(ctx context.Context, c *api.Call, in listRemindersInput) (api.List[events.ServiceReminder], error) {
	f := reminder.Filter{Asset: in.Asset, State: reminder.State(in.State), Kind: in.Kind}
	page, next, err := c.Reminders.Reminders(ctx, c.Actor, f, in.Cursor, in.Limit)
	return listOf(page, next, (*reminder.Reminder).Object), err
}
