package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(reminderList),
}

type reminderListInput struct {
	Asset  string `query:"asset"`
	State  string `query:"state"`
	Kind   string `query:"kind"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type reminderListView struct {
	chore.List
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
	list, err := chore.ListOf(ctx, c, look.Frame{Title: "Service reminders", Section: "reminders", Toast: page.News(in.Did)}, in.Asset, "reminders")
	if err != nil {
		return api.Answer{}, err
	}
	v := reminderListView{List: list}
	batch, next, err := c.Reminders.Reminders(ctx, c.Actor, reminder.Filter{Asset: in.Asset, State: reminder.State(in.State), Kind: in.Kind}, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	titles := chore.TitlesOf(ctx, c)
	for _, r := range batch {
		a, err := c.Fleet.Find(ctx, c.Actor, r.Asset)
		if err != nil {
			return api.Answer{}, err
		}
		asset, err := titles(r.Asset)
		if err != nil {
			return api.Answer{}, err
		}
		v.Rows = append(v.Rows, reminderRow{
			Name: r.Name, To: record.ReminderPath(r.ID), Kind: page.TitleOf(r.Kind), Asset: asset, State: reminderBadge(r.State),
			Due: page.DateText(r.DueOn()), At: chore.MetresText(r.DueAt(), a.DistanceUnit), Every: everyText(r.IntervalDays, r.IntervalDistance, a.DistanceUnit),
		})
	}
	first := look.Option{Text: "Scheduled"}
	states := chore.Named(reminder.States)[1:]
	if in.Asset != "" {
		first, states = look.Option{Text: "All states"}, chore.Named(reminder.States)
	}
	v.Filters = []look.Field{
		{Name: "state", Label: "State", Type: "select", Options: look.Choose(in.State, append([]look.Option{first}, states...)...)},
		{Name: "kind", Label: "Kind", Type: "select", Options: look.Choose(in.Kind, append([]look.Option{{Text: "All kinds"}}, chore.Named(reminder.KindNames)...)...)},
	}
	v.Action, v.Filtered = "/reminders", in.State+in.Kind != ""
	v.Finish("reminder", len(batch), in.Cursor, next, "asset", in.Asset, "state", in.State, "kind", in.Kind)
	v.Empty = look.Empty{Icon: "clock", Title: "Nothing to remember", Text: "Say what a vehicle needs by a day or a distance. A template says it for all of them at once."}
	v.Acts = record.Exporting(v.Frame, "service-reminders", "asset", in.Asset, "state", in.State, "kind", in.Kind)
	v.Offer("Add a reminder", page.With("/reminders/new", "asset", in.Asset))
	v.Acts = append(v.Acts, look.Act{Text: "Templates", Icon: "copy", To: "/reminder-templates"})
	return page.Show(reminderListPage, v)
}
