package reminders

import (
	"context"
	"net/http"
	"strings"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fleet"
	"motorpool/shared/reminder"
)

// ReminderPage shows one service reminder and what can be done with it.
var ReminderPage = api.Route{
	Name:    "console.reminder_page",
	Method:  http.MethodGet,
	Path:    "/reminders/{id}",
	Summary: "One service reminder",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(reminderPage),
}

type reminderPageView struct {
	look.Frame
	State   look.Badge
	Acts    []look.Act
	Facts   []look.Pair
	Links   []look.Link
	Note    string
	Done    []look.Field
	Action  string
	Dialogs []look.Dialog
}

var reminderPageTemplate = look.Page(files, "reminder_page")

// offer fills in what this reader may do with the reminder as it stands.
func (v *reminderPageView) offer(f look.Frame, r *reminder.Reminder, a *fleet.Asset) {
	if !f.May(access.ManageCare) || !r.Pending() {
		return
	}
	self := record.ReminderPath(r.ID)
	v.Done = []look.Field{{Name: "done_on", Label: "Done on", Type: "date", Value: chore.DayOf(f, f.Now)}}
	if r.IntervalDistance > 0 || r.DueAt() != nil {
		v.Done = append(v.Done, look.Field{Name: "odometer", Label: "Odometer then", Unit: a.DistanceUnit, Hint: "What it shows now, estimated if need be, if you leave it empty."})
	}
	v.Acts = append(v.Acts, look.Act{Text: "Edit", Icon: "edit", To: self + "/edit"})
	if r.Window == "" {
		v.Acts = append(v.Acts, look.Act{Text: "Plan a window", Icon: "gear", To: page.With("/maintenance/new", "asset", r.Asset, "reminder", r.ID, "reason", "service", "on", page.DateText(r.DueOn()))})
	}
	v.Acts = append(v.Acts, look.Act{Text: "Skip", Icon: "next", Dialog: "skip", Tone: "risky"})
	v.Dialogs = append(v.Dialogs, look.Dialog{ID: "skip", Title: "Skip it this time?", Action: self + "/skip", Do: "Skip", Danger: true, Text: "It will not be done. Where it recurs, the next one is counted from when this one was due."})
}

func reminderPage(ctx context.Context, c *api.Call, in chore.Input) (api.Answer, error) {
	r, err := c.Reminders.Reminder(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	a, err := c.Fleet.Find(ctx, c.Actor, r.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: r.Name, Lead: a.Title(), Section: "reminders", Crumbs: []look.Link{{Text: "Service reminders", To: "/reminders"}}, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	var who []string
	for _, id := range r.Assignees {
		name, err := chore.MemberName(ctx, c, id)
		if err != nil {
			return api.Answer{}, err
		}
		who = append(who, name)
	}
	v := reminderPageView{Frame: f, State: reminderBadge(r.State), Note: r.Note, Action: record.ReminderPath(r.ID) + "/complete"}
	v.Facts = chore.Pairs("Kind", page.TitleOf(r.Kind), "Due on", page.DateText(r.DueOn()), "Due at", chore.MetresText(r.DueAt(), a.DistanceUnit), "Every", everyText(r.IntervalDays, r.IntervalDistance, a.DistanceUnit),
		"Done last", page.DateText(r.LastDone), "Odometer then", chore.MetresText(r.LastOdometer, a.DistanceUnit), "Due soon", everyText(*r.WarnDays, *r.WarnDistance, a.DistanceUnit)+" before",
		"Recurring", chore.Yes(r.Recurring), "Plans a window", chore.Yes(r.AutoWindow), "Assignees", strings.Join(who, ", "), "Ended", f.Exact(r.Ended).Text, "Identifier", r.ID)
	v.Links = []look.Link{{Text: a.Title(), To: record.AssetPath(a.ID)}}
	for _, l := range []look.Link{{Text: r.Window, To: record.WindowPath(r.Window)}, {Text: r.Task, To: record.IssuePath(r.Task)}, {Text: r.Template, To: record.TemplatePath(r.Template)}} {
		if l.Text != "" {
			v.Links = append(v.Links, look.Link{Text: map[string]string{r.Window: "Its maintenance window", r.Task: "Contact the customer", r.Template: "Its template"}[l.Text], To: l.To})
		}
	}
	if a.ArchivedAt.IsZero() {
		v.Acts = record.Spending(f, r.Asset, "reminder", r.ID)
	}
	v.offer(f, r, a)
	return page.Show(reminderPageTemplate, v)
}
