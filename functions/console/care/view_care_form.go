package care

import (
	"context"
	"errors"
	"time"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/calendar"
	"motorpool/shared/fault"
	"motorpool/shared/maintenance"
)

// windowFields is what the form of a window posts.
type windowFields struct {
	ID          string   `path:"id"`
	Asset       string   `form:"asset"`
	StartsAt    string   `form:"starts_at"`
	EndsAt      string   `form:"ends_at"`
	Reason      string   `form:"reason"`
	Note        string   `form:"note"`
	Issue       string   `form:"issue"`
	Reminder    string   `form:"reminder"`
	Vendor      string   `form:"vendor"`
	Cost        string   `form:"cost"`
	Acknowledge []string `form:"acknowledge"`
	Version     int64    `form:"version"`
}

func windowFieldsOf(w *maintenance.Window, zone *time.Location) windowFields {
	return windowFields{
		ID: w.ID, Asset: w.Asset, StartsAt: localText(w.StartsAt, zone), EndsAt: localText(w.EndsAt, zone), Reason: w.Reason, Note: w.Note,
		Issue: w.Issue, Reminder: w.Reminder, Vendor: w.Vendor, Cost: page.MoneyText(w.Cost), Version: w.Version,
	}
}

func (in windowFields) describe(d *maintenance.Details, zone *time.Location) error {
	bad := fault.New(fault.Invalid, "maintenance_window.form", "Some fields are not right.")
	starts, ends := localInstant(in.StartsAt, zone, "starts_at", bad), localInstant(in.EndsAt, zone, "ends_at", bad)
	if in.StartsAt != localText(d.StartsAt, zone) { // a form has no seconds
		d.StartsAt = starts
	}
	if in.EndsAt != localText(d.EndsAt, zone) {
		d.EndsAt = ends
	}
	d.Reason, d.Note, d.Vendor, d.Issue, d.Reminder = in.Reason, page.Trim(in.Note), page.Trim(in.Vendor), in.Issue, in.Reminder
	d.Cost = page.Amount(in.Cost, "cost", bad)
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

func (in windowFields) form(f look.Frame, car look.Field, because error) chore.FormView {
	fields := []look.Field{
		{Name: "starts_at", Label: "From", Type: "datetime-local", Value: in.StartsAt, Required: true},
		{Name: "ends_at", Label: "Until", Type: "datetime-local", Value: in.EndsAt, Hint: "Leave it empty while it is open."},
		{Name: "reason", Label: "Reason", Type: "select", Required: true, Options: look.Choose(in.Reason, chore.Named(maintenance.Reasons)...)},
		{Name: "vendor", Label: "Vendor", Value: in.Vendor, Max: 100, Placeholder: "Northside Auto"},
		{Name: "cost", Label: "Cost", Value: in.Cost, Placeholder: "AUD 420.00"},
		{Name: "note", Label: "Note", Type: "textarea", Value: in.Note, Wide: true, Max: 2000},
		car,
	}
	v := chore.FormView{Frame: f, Version: in.Version, Hidden: []look.Option{{Text: "issue", Value: in.Issue}, {Text: "reminder", Value: in.Reminder}}}
	for _, id := range in.Acknowledge {
		v.Checks = append(v.Checks, page.Check{Name: "acknowledge", Value: id, Text: "Over " + id, Hint: "Acknowledged.", On: true})
	}
	if taken, is := errors.AsType[*calendar.Taken](because); is {
		v.Wrong = &look.Notice{Tone: "warn", Title: "The vehicle is taken then.", Text: "Choose another time, or tick each of what is below to block it all the same. No booking is changed by it: somebody has to talk to the customer."}
		for _, h := range taken.By {
			until := "with no end"
			if !h.Until.IsZero() {
				until = "until " + f.When(h.Until).Text
			}
			v.Checks = append(v.Checks, page.Check{Name: "acknowledge", Value: h.ID, Text: "Block over " + page.Trim(page.TitleOf(string(h.Kind))+" "+h.Title), Hint: "From " + f.When(h.From).Text + " " + until + ", " + h.ID})
		}
	} else {
		v.Wrong = page.Wrong(because, fields)
	}
	last := len(fields) - 1
	v.Groups = []page.FieldGroup{{Title: "When and why", Fields: fields[:last]}, {Title: "Vehicle", Fields: fields[last:]}}
	if in.ID != "" {
		v.Groups = v.Groups[:1]
	}
	return v
}

func newWindowForm(ctx context.Context, c *api.Call, in windowFields, q string, because error) (api.Answer, error) {
	f, err := chore.Frame(ctx, c, look.Frame{Title: "Block a vehicle", Section: "maintenance", Crumbs: []look.Link{{Text: "Maintenance", To: "/maintenance"}}}, in.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	car, err := chore.CarField(ctx, c, in.Asset, q)
	if err != nil {
		return api.Answer{}, err
	}
	v := in.form(f, car, because)
	if in.Asset == "" {
		v.Find = chore.Find("/maintenance/new", q, "reason", in.Reason, "issue", in.Issue, "reminder", in.Reminder)
	}
	v.Action, v.Cancel, v.Do = "/maintenance", page.With("/maintenance", "asset", in.Asset), "Block the vehicle"
	return chore.Form(v, because)
}

func editWindowForm(ctx context.Context, c *api.Call, w *maintenance.Window, in windowFields, because error) (api.Answer, error) {
	in.ID = w.ID
	f, err := chore.Frame(ctx, c, look.Frame{Title: "Change " + w.Title(), Section: "maintenance", Crumbs: []look.Link{{Text: "Maintenance", To: "/maintenance"}, {Text: page.TitleOf(w.Title()), To: record.WindowPath(w.ID)}}}, w.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	v := in.form(f, look.Field{}, because)
	v.Action, v.Cancel, v.Do = record.WindowPath(w.ID), record.WindowPath(w.ID), "Save changes"
	return chore.Form(v, because)
}
