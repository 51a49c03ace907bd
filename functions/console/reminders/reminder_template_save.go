package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// ReminderTemplateSave changes a template, unless somebody else has meanwhile.
var ReminderTemplateSave = api.Route{
	Name:    "console.reminder_template_save",
	Method:  http.MethodPost,
	Path:    "/reminder-templates/{id}",
	Summary: "Change a template of reminders",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(reminderTemplateSave),
}

func reminderTemplateSave(ctx context.Context, c *api.Call, in reminderFields) (api.Answer, error) {
	t, err := c.Reminders.Template(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	_, err = c.Reminders.EditTemplate(ctx, c.Actor, in.ID, in.template, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return page.Back(schedulePath(in.ID), err)
	case page.Mine(err):
		return templateForm(ctx, c, t, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(schedulePath(in.ID), "schedule-saved")
}
