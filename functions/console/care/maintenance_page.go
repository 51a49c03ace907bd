package care

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/maintenance"
)

// MaintenancePage shows one maintenance window and what can be done with it.
var MaintenancePage = api.Route{
	Name:    "console.maintenance_page",
	Method:  http.MethodGet,
	Path:    "/maintenance/{id}",
	Summary: "One maintenance window",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(maintenancePage),
}

type maintenancePageView struct {
	look.Frame
	State   look.Badge
	Acts    []look.Act
	Notice  *look.Notice
	Facts   []look.Pair
	Links   []look.Link
	Over    []look.Pair
	Note    string
	Dialogs []look.Dialog
}

var maintenancePageTemplate = look.Page(files, "maintenance_page")

// offer fills in what this reader may do with the window as it stands.
func (v *maintenancePageView) offer(f look.Frame, w *maintenance.Window) {
	if !f.May(access.ManageCare) {
		return
	}
	self := record.WindowPath(w.ID)
	move := func(text, icon string, to maintenance.State) look.Act {
		return look.Act{Text: text, Icon: icon, Post: self + "/move", Hidden: []look.Option{{Text: "to", Value: string(to)}}, Tone: "main"}
	}
	switch w.State {
	case maintenance.Planned:
		v.Acts = append(v.Acts, move("Start", "play", maintenance.InProgress))
	case maintenance.InProgress:
		v.Acts = append(v.Acts, move("Complete", "check", maintenance.Completed))
	}
	v.Acts = append(v.Acts, look.Act{Text: "Edit", Icon: "edit", To: self + "/edit"})
	if !w.Open() {
		return
	}
	v.Acts = append(v.Acts, look.Act{Text: "Cancel", Icon: "cross", Dialog: "cancel", Tone: "risky"})
	v.Dialogs = append(v.Dialogs, look.Dialog{
		ID: "cancel", Title: "Cancel this window?", Action: self + "/move", Do: "Cancel the window", Danger: true,
		Text: "The work will not be done. What is left of its time is free at once.", Hidden: []look.Option{{Text: "to", Value: string(maintenance.Cancelled)}},
	})
}

func maintenancePage(ctx context.Context, c *api.Call, in chore.Input) (api.Answer, error) {
	w, err := c.Maintenance.Window(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	a, err := c.Fleet.Find(ctx, c.Actor, w.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	asset := look.Link{Text: a.Title(), To: record.AssetPath(a.ID)}
	f, err := page.Frame(ctx, c, look.Frame{Title: page.TitleOf(w.Title()), Lead: asset.Text, Section: "maintenance", Crumbs: []look.Link{{Text: "Maintenance", To: "/maintenance"}}, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	v := maintenancePageView{Frame: f, State: windowBadge(w.State), Note: w.Note, Links: []look.Link{asset, {Text: "See it in the calendar", To: page.With("/calendar", "from", chore.DayOf(f, w.StartsAt))}}}
	until := "open"
	if !w.EndsAt.IsZero() {
		until = f.Exact(w.EndsAt).Text
	}
	v.Facts = chore.Pairs("From", f.Exact(w.StartsAt).Text, "Until", until, "Reason", page.TitleOf(w.Reason), "Vendor", w.Vendor, "Cost", page.Money(w.Cost),
		"Started", f.Exact(w.Started).Text, "Ended", f.Exact(w.Ended).Text, "Identifier", w.ID)
	if w.Issue != "" {
		v.Links = append(v.Links, look.Link{Text: "The issue it is for", To: record.IssuePath(w.Issue)})
	}
	if w.Reminder != "" {
		v.Links = append(v.Links, look.Link{Text: "The reminder it is for", To: record.ReminderPath(w.Reminder)})
	}
	for _, id := range w.Acknowledged {
		v.Over = append(v.Over, look.Pair{Name: id, Value: "acknowledged"})
	}
	if w.State == maintenance.Planned && !w.EndsAt.IsZero() && w.EndsAt.Before(c.Now) {
		v.Notice = &look.Notice{Tone: "warn", Title: "This time is over.", Text: "It is still planned. Start and complete it if the work was done; else change when, or cancel it."}
	}
	if a.ArchivedAt.IsZero() {
		v.Acts = record.Spending(f, w.Asset, "maintenance", w.ID)
	}
	v.offer(f, w)
	return page.Show(maintenancePageTemplate, v)
}
