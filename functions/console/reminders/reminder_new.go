package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ReminderNew is the form that adds a service reminder.
var ReminderNew = api.Route{
	Name:    "console.reminder_new",
	Method:  http.MethodGet,
	Path:    "/reminders/new",
	Summary: "The form that adds a service reminder",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(reminderNew),
}

type reminderNewInput struct {
	Asset string `query:"asset"`
	Q     string `query:"q"`
}

func reminderNew(ctx context.Context, c *api.Call, in reminderNewInput) (api.Answer, error) {
	return newReminderForm(ctx, c, reminderFields{Asset: in.Asset, Kind: "service", Recurring: true}, in.Q, nil)
}
