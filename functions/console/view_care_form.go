package console

import (
	"context"
	"errors"
	"time"

	"motorpool/functions/console/look"
	"motorpool/shared/api"
	"motorpool/shared/calendar"
	"motorpool/shared/fault"
	"motorpool/shared/maintenance"
)

// careFormView is the form of a window, an issue, a reminder or a template.
type careFormView struct {
	look.Frame
	Action, Cancel, Do string
	Version            int64
	Hidden             []look.Option
	Wrong              *look.Notice
	Groups             []fieldGroup
	Checks             []check
	Acts               []look.Act
	Dialogs            []look.Dialog
}

// check is a box with a name of its own.
type check struct {
	Name, Value, Text, Hint string
	On                      bool
}

var careFormPage = look.Page(files, "care_form")

// careForm shows a form, with what was wrong with it.
func careForm(v careFormView, because error) (api.Answer, error) {
	if because != nil {
		return again(careFormPage, v)
	}
	return show(careFormPage, v)
}

// careFrame is the frame of a form about an asset, which may not be chosen yet.
func careFrame(ctx context.Context, c *api.Call, f look.Frame, asset string) (look.Frame, error) {
	if asset != "" {
		a, err := c.Fleet.Find(ctx, c.Actor, asset)
		if err == nil {
			f.Lead = a.Title()
		} else if fault.KindOf(err) != fault.NotFound {
			return f, err
		}
	}
	return frame(ctx, c, f)
}

func assetField(asset string) look.Field {
	return look.Field{Name: "asset", Label: "Vehicle", Value: asset, Required: true, Mono: true, Wide: true, Placeholder: "ast_…", Hint: "Its identifier. It is filled in when you come from the page of a vehicle, or from the calendar."}
}

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
		Issue: w.Issue, Reminder: w.Reminder, Vendor: w.Vendor, Cost: moneyText(w.Cost), Version: w.Version,
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
	d.Reason, d.Note, d.Vendor, d.Issue, d.Reminder = in.Reason, text(in.Note), text(in.Vendor), in.Issue, in.Reminder
	d.Cost = amount(in.Cost, "cost", bad)
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

func (in windowFields) form(f look.Frame, because error) careFormView {
	fields := []look.Field{
		{Name: "starts_at", Label: "From", Type: "datetime-local", Value: in.StartsAt, Required: true},
		{Name: "ends_at", Label: "Until", Type: "datetime-local", Value: in.EndsAt, Hint: "Leave it empty while it is open."},
		{Name: "reason", Label: "Reason", Type: "select", Required: true, Options: look.Choose(in.Reason, named(maintenance.Reasons)...)},
		{Name: "vendor", Label: "Vendor", Value: in.Vendor, Max: 100, Placeholder: "Northside Auto"},
		{Name: "cost", Label: "Cost", Value: in.Cost, Placeholder: "AUD 420.00"},
		{Name: "note", Label: "Note", Type: "textarea", Value: in.Note, Wide: true, Max: 2000},
		assetField(in.Asset),
	}
	v := careFormView{Frame: f, Version: in.Version, Hidden: []look.Option{{Text: "issue", Value: in.Issue}, {Text: "reminder", Value: in.Reminder}}}
	for _, id := range in.Acknowledge {
		v.Checks = append(v.Checks, check{Name: "acknowledge", Value: id, Text: "Over " + id, Hint: "Acknowledged.", On: true})
	}
	if taken, is := errors.AsType[*calendar.Taken](because); is {
		v.Wrong = &look.Notice{Tone: "warn", Title: "The vehicle is taken then.", Text: "Choose another time, or tick each of what is below to block it all the same. No booking is changed by it: somebody has to talk to the customer."}
		for _, h := range taken.By {
			until := "with no end"
			if !h.Until.IsZero() {
				until = "until " + f.When(h.Until).Text
			}
			v.Checks = append(v.Checks, check{Name: "acknowledge", Value: h.ID, Text: "Block over " + text(titleOf(string(h.Kind))+" "+h.Title), Hint: "From " + f.When(h.From).Text + " " + until + ", " + h.ID})
		}
	} else {
		v.Wrong = wrong(because, fields)
	}
	last := len(fields) - 1
	v.Groups = []fieldGroup{{"When and why", fields[:last]}, {"Vehicle", fields[last:]}}
	if in.ID != "" {
		v.Groups = v.Groups[:1]
	}
	return v
}

func newWindowForm(ctx context.Context, c *api.Call, in windowFields, because error) (api.Answer, error) {
	f, err := careFrame(ctx, c, look.Frame{Title: "Block a vehicle", Section: "maintenance", Crumbs: []look.Link{{Text: "Maintenance", To: "/maintenance"}}}, in.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	v := in.form(f, because)
	v.Action, v.Cancel, v.Do = "/maintenance", with("/maintenance", "asset", in.Asset), "Block the vehicle"
	return careForm(v, because)
}

func editWindowForm(ctx context.Context, c *api.Call, w *maintenance.Window, in windowFields, because error) (api.Answer, error) {
	in.ID = w.ID
	f, err := careFrame(ctx, c, look.Frame{Title: "Change " + w.Title(), Section: "maintenance", Crumbs: []look.Link{{Text: "Maintenance", To: "/maintenance"}, {Text: titleOf(w.Title()), To: windowPath(w.ID)}}}, w.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	v := in.form(f, because)
	v.Action, v.Cancel, v.Do = windowPath(w.ID), windowPath(w.ID), "Save changes"
	return careForm(v, because)
}
