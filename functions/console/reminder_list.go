package console

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/reminder"
)

// ReminderList lists what vehicles need by a day or a distance.
var ReminderList = api.Route{
	Name:    "console.reminder_list",
	Method:  http.MethodGet,
	Path:    "/reminders",
	Summary: "Service reminders",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page(reminderList),
}

type reminderListInput struct {
	Asset  string `query:"asset"`
	State  string `query:"state"`
	Kind   string `query:"kind"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type reminderListView struct {
	careList
	Rows []reminderRow
}

type reminderRow struct {
	Name, To, Kind string
	Asset          look.Link
	State          look.Badge
	Due, At        string
	Every          string
}

var reminderListPage = look.Page(files, "reminder_list")

func reminderList(ctx context.Context, c *api.Call, in reminderListInput) (api.Answer, error) {
	list, err := careListOf(ctx, c, look.Frame{Title: "Service reminders", Section: "reminders", Toast: news(in.Did)}, in.Asset, "reminders")
	if err != nil {
		return api.Answer{}, err
	}
	v := reminderListView{careList: list}
	page, next, err := c.Reminders.Reminders(ctx, c.Actor, reminder.Filter{Asset: in.Asset, State: reminder.State(in.State), Kind: in.Kind}, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	titles := titlesOf(ctx, c)
	for _, r := range page {
		a, err := c.Fleet.Asset(ctx, c.Actor.Workspace, r.Asset)
		if err != nil {
			return api.Answer{}, err
		}
		asset, err := titles(r.Asset)
		if err != nil {
			return api.Answer{}, err
		}
		v.Rows = append(v.Rows, reminderRow{
			Name: r.Name, To: reminderPath(r.ID), Kind: titleOf(r.Kind), Asset: asset, State: reminderBadge(r.State),
			Due: dateText(r.DueOn()), At: metresText(r.DueAt(), a.DistanceUnit), Every: everyText(r.IntervalDays, r.IntervalDistance, a.DistanceUnit),
		})
	}
	first := look.Option{Text: "Scheduled"}
	states := named(reminder.States)[1:]
	if in.Asset != "" {
		first, states = look.Option{Text: "All states"}, named(reminder.States)
	}
	v.Filters = []look.Field{
		{Name: "state", Label: "State", Type: "select", Options: look.Choose(in.State, append([]look.Option{first}, states...)...)},
		{Name: "kind", Label: "Kind", Type: "select", Options: look.Choose(in.Kind, append([]look.Option{{Text: "All kinds"}}, named(reminder.KindNames)...)...)},
	}
	v.Action, v.Filtered = "/reminders", in.State+in.Kind != ""
	v.finish("reminder", len(page), in.Cursor, next, "asset", in.Asset, "state", in.State, "kind", in.Kind)
	v.Empty = look.Empty{Icon: "clock", Title: "Nothing to remember", Text: "Say what a vehicle needs by a day or a distance. A template says it for all of them at once."}
	v.offer("Add a reminder", with("/reminders/new", "asset", in.Asset))
	v.Acts = append(v.Acts, look.Act{Text: "Templates", Icon: "copy", To: "/reminder-templates"})
	return show(reminderListPage, v)
}
