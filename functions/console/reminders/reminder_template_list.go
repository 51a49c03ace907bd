package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ReminderTemplateList lists what all vehicles need, or those of some categories.
var ReminderTemplateList = api.Route{
	Name:    "console.reminder_template_list",
	Method:  http.MethodGet,
	Path:    "/reminder-templates",
	Summary: "Templates of service reminders",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(reminderTemplateList),
}

type reminderTemplateListInput struct {
	Did string `query:"did"`
}

type reminderTemplateListView struct {
	chore.List
	Rows []scheduleRow
}

type scheduleRow struct{ Name, To, Every, For string }

var reminderTemplateListPage = look.Page(files, "reminder_template_list")

func reminderTemplateList(ctx context.Context, c *api.Call, in reminderTemplateListInput) (api.Answer, error) {
	list, err := chore.ListOf(ctx, c, look.Frame{Title: "Reminder templates", Section: "reminders", Crumbs: []look.Link{{Text: "Service reminders", To: "/reminders"}}, Toast: page.News(in.Did), Lead: "What all vehicles need, or those of some categories. Vehicles that join later get it by themselves."}, "", "")
	if err != nil {
		return api.Answer{}, err
	}
	v := reminderTemplateListView{List: list}
	all, err := c.Reminders.Templates(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	for _, t := range all {
		whom := "All vehicles"
		if n := len(t.Categories); n > 0 {
			whom = look.Count(n, "category", "categories")
		}
		v.Rows = append(v.Rows, scheduleRow{t.Name, schedulePath(t.ID), everyText(t.IntervalDays, t.IntervalDistance, "km"), whom})
	}
	v.Empty = look.Empty{Icon: "copy", Title: "No templates yet", Text: "Say once what a service is, and apply it to the whole fleet."}
	v.Offer("Add a template", "/reminder-templates/new")
	return page.Show(reminderTemplateListPage, v)
}
