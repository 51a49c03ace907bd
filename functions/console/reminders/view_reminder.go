package reminders

import (
	"context"
	"slices"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/reminder"
)

// reminderFields is what the form of a reminder posts, and that of a template.
type reminderFields struct {
	ID               string   `path:"id"`
	Asset            string   `form:"asset"`
	Name             string   `form:"name"`
	Kind             string   `form:"kind"`
	IntervalDays     string   `form:"interval_days"`
	IntervalDistance string   `form:"interval_distance"`
	LastDone         string   `form:"last_done"`
	LastOdometer     string   `form:"last_odometer"`
	DueOn            string   `form:"due_on"`
	DueOdometer      string   `form:"due_odometer"`
	WarnDays         string   `form:"warn_days"`
	WarnDistance     string   `form:"warn_distance"`
	Recurring        bool     `form:"recurring"`
	AutoWindow       bool     `form:"auto_window"`
	Assignees        []string `form:"assignees"`
	Categories       []string `form:"categories"`
	Note             string   `form:"note"`
	Version          int64    `form:"version"`
	Did              string   `query:"did"`
}

func reminderFieldsOf(ctx context.Context, c *api.Call, r *reminder.Reminder) (in reminderFields, err error) {
	unit, err := chore.UnitOf(ctx, c, r.Asset)
	return reminderFields{
		ID: r.ID, Asset: r.Asset, Name: r.Name, Kind: r.Kind, IntervalDays: page.Number(r.IntervalDays), IntervalDistance: intervalText(r.IntervalDistance, unit),
		LastDone: page.DateText(r.LastDone), LastOdometer: chore.ShownText(r.LastOdometer, unit), DueOn: page.DateText(r.Details.DueOn), DueOdometer: chore.ShownText(r.Details.DueOdometer, unit),
		WarnDays: page.Number(*r.WarnDays), WarnDistance: intervalText(*r.WarnDistance, unit), Recurring: r.Recurring, AutoWindow: r.AutoWindow,
		Assignees: r.Assignees, Note: r.Note, Version: r.Version,
	}, err
}

func templateFieldsOf(t *reminder.Template) reminderFields {
	return reminderFields{
		ID: t.ID, Name: t.Name, Kind: t.Kind, IntervalDays: page.Number(t.IntervalDays), IntervalDistance: intervalText(t.IntervalDistance, "km"),
		WarnDays: page.Number(*t.WarnDays), WarnDistance: intervalText(*t.WarnDistance, "km"), Recurring: t.Recurring, AutoWindow: t.AutoWindow,
		Assignees: t.Assignees, Categories: t.Categories, Note: t.Note, Version: t.Version,
	}
}

// intervalText is an interval for a form; nothing where there is none.
func intervalText(n int64, unit string) string {
	if n == 0 {
		return ""
	}
	return chore.ShownText(&n, unit)
}

// interval reads an interval.
func interval(s, unit, field string, was int64, bad *fault.Error) int64 {
	if s == intervalText(was, unit) { // a form has no metres
		return was
	}
	if n := chore.Driven(s, unit, field, bad); n != nil {
		return *n
	}
	return 0
}

func (in reminderFields) describe(ctx context.Context, c *api.Call, asset string, d *reminder.Details) error {
	unit, err := chore.UnitOf(ctx, c, asset)
	if err != nil {
		return err
	}
	bad := fault.New(fault.Invalid, "service_reminder.form", "Some fields are not right.")
	odometer := func(s, field string, was *int64) *int64 {
		if s == chore.ShownText(was, unit) {
			return was
		}
		return chore.Driven(s, unit, field, bad)
	}
	d.Name, d.Kind, d.Note, d.Recurring, d.AutoWindow, d.Assignees = page.Trim(in.Name), in.Kind, page.Trim(in.Note), in.Recurring, in.AutoWindow, chosen(in.Assignees)
	d.IntervalDays, d.IntervalDistance = page.Count(in.IntervalDays, "interval_days", bad), interval(in.IntervalDistance, unit, "interval_distance", d.IntervalDistance, bad)
	d.LastDone, d.DueOn = page.Date(in.LastDone, "last_done", bad), page.Date(in.DueOn, "due_on", bad)
	d.LastOdometer, d.DueOdometer = odometer(in.LastOdometer, "last_odometer", d.LastOdometer), odometer(in.DueOdometer, "due_odometer", d.DueOdometer)
	d.WarnDays, d.WarnDistance = in.warn(d.WarnDistance, unit, bad)
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// warn is how long before something is due; what is left empty is usual.
func (in reminderFields) warn(was *int64, unit string, bad *fault.Error) (days *int, distance *int64) {
	if page.Trim(in.WarnDays) != "" {
		n := page.Count(in.WarnDays, "warn_days", bad)
		days = &n
	}
	if page.Trim(in.WarnDistance) != "" {
		if was == nil {
			was = new(int64)
		}
		n := interval(in.WarnDistance, unit, "warn_distance", *was, bad)
		distance = &n
	}
	return days, distance
}

func (in reminderFields) template(d *reminder.TemplateDetails) error {
	bad := fault.New(fault.Invalid, "service_reminder.form", "Some fields are not right.")
	d.Name, d.Kind, d.Note, d.Recurring, d.AutoWindow = page.Trim(in.Name), in.Kind, page.Trim(in.Note), in.Recurring, in.AutoWindow
	d.Assignees, d.Categories = chosen(in.Assignees), chosen(in.Categories)
	d.IntervalDays, d.IntervalDistance = page.Count(in.IntervalDays, "interval_days", bad), interval(in.IntervalDistance, "km", "interval_distance", d.IntervalDistance, bad)
	d.WarnDays, d.WarnDistance = in.warn(d.WarnDistance, "km", bad)
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// chosen leaves out what is empty.
func chosen(ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
}

// fields are those that reminders and templates have in common.
func (in reminderFields) fields(unit string) []look.Field {
	return []look.Field{
		{Name: "name", Label: "Name", Value: in.Name, Required: true, Max: 100, Placeholder: "Oil and filter"},
		{Name: "kind", Label: "Kind", Type: "select", Options: look.Choose(in.Kind, chore.Named(reminder.KindNames)...)},
		{Name: "interval_days", Label: "Every so many days", Value: in.IntervalDays, Placeholder: "180"},
		{Name: "interval_distance", Label: "Every so much distance", Value: in.IntervalDistance, Unit: unit, Placeholder: "15000", Hint: "What comes first counts."},
		{Name: "warn_days", Label: "Due soon: days before", Value: in.WarnDays, Placeholder: "14"},
		{Name: "warn_distance", Label: "Due soon: distance before", Value: in.WarnDistance, Unit: unit, Placeholder: "1000"},
		{Name: "note", Label: "Note", Type: "textarea", Value: in.Note, Wide: true, Max: 2000},
	}
}

// whom adds the boxes that reminders and templates have in common.
func (in reminderFields) whom(ctx context.Context, c *api.Call, v *chore.FormView) error {
	people, err := chore.Assignable(ctx, c, "", in.Assignees...)
	if err != nil {
		return err
	}
	v.Checks = append(v.Checks,
		page.Check{Name: "recurring", Value: "true", Text: "Recurring", Hint: "When it is done, the next one is scheduled.", On: in.Recurring},
		page.Check{Name: "auto_window", Value: "true", Text: "Plan a maintenance window", Hint: "When it becomes due soon: on the day it is due, or the nearest on which the vehicle is free.", On: in.AutoWindow})
	hint := "Sees to it, and is written to when it is due." // said once
	for _, p := range people {
		v.Checks = append(v.Checks, page.Check{Name: "assignees", Value: p.Value, Text: p.Text, Hint: hint, On: p.Chosen})
		hint = ""
	}
	return nil
}

func (in reminderFields) form(ctx context.Context, c *api.Call, f look.Frame, car look.Field, because error) (chore.FormView, error) {
	unit, err := chore.UnitOf(ctx, c, in.Asset)
	if err != nil {
		return chore.FormView{}, err
	}
	fields := slices.Concat(in.fields(unit), []look.Field{
		{Name: "last_done", Label: "Done last on", Type: "date", Value: in.LastDone, Hint: "The intervals count from here."},
		{Name: "last_odometer", Label: "Odometer then", Value: in.LastOdometer, Unit: unit},
		{Name: "due_on", Label: "Or: due on", Type: "date", Value: in.DueOn},
		{Name: "due_odometer", Label: "Or: due at", Value: in.DueOdometer, Unit: unit},
		car,
		{Name: "assignees"},
	})
	v := chore.FormView{Frame: f, Version: in.Version, Wrong: page.Wrong(because, fields)}
	v.Groups = []page.FieldGroup{{Title: "What and how often", Fields: fields[:7]}, {Title: "From when", Fields: fields[7:11]}, {Title: "Vehicle", Fields: fields[11:12]}}
	if in.ID != "" {
		v.Groups = v.Groups[:2]
	}
	return v, in.whom(ctx, c, &v)
}

func newReminderForm(ctx context.Context, c *api.Call, in reminderFields, q string, because error) (api.Answer, error) {
	f, err := chore.Frame(ctx, c, look.Frame{Title: "Add a reminder", Section: "reminders", Crumbs: []look.Link{{Text: "Service reminders", To: "/reminders"}}}, in.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	car, err := chore.CarField(ctx, c, in.Asset, q)
	if err != nil {
		return api.Answer{}, err
	}
	v, err := in.form(ctx, c, f, car, because)
	if err != nil {
		return api.Answer{}, err
	}
	if in.Asset == "" {
		v.Find = chore.Find("/reminders/new", q)
	}
	v.Action, v.Cancel, v.Do = "/reminders", page.With("/reminders", "asset", in.Asset), "Add the reminder"
	return chore.Form(v, because)
}

func editReminderForm(ctx context.Context, c *api.Call, r *reminder.Reminder, in reminderFields, because error) (api.Answer, error) {
	in.ID, in.Asset = r.ID, r.Asset
	f, err := chore.Frame(ctx, c, look.Frame{Title: "Change " + r.Name, Section: "reminders", Crumbs: []look.Link{{Text: "Service reminders", To: "/reminders"}, {Text: r.Name, To: record.ReminderPath(r.ID)}}}, r.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	v, err := in.form(ctx, c, f, look.Field{}, because)
	if err != nil {
		return api.Answer{}, err
	}
	v.Action, v.Cancel, v.Do = record.ReminderPath(r.ID), record.ReminderPath(r.ID), "Save changes"
	return chore.Form(v, because)
}

// templateForm is the form of a template; t is nil for one that is new.
func templateForm(ctx context.Context, c *api.Call, t *reminder.Template, in reminderFields, because error) (api.Answer, error) {
	title := "Add a template"
	if t != nil {
		title = t.Name
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: title, Section: "reminders", Crumbs: []look.Link{{Text: "Service reminders", To: "/reminders"}, {Text: "Templates", To: "/reminder-templates"}}, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	fields := append(in.fields("km"), look.Field{Name: "assignees"}, look.Field{Name: "categories"})
	v := chore.FormView{Frame: f, Version: in.Version, Wrong: page.Wrong(because, fields), Action: "/reminder-templates", Cancel: "/reminder-templates", Do: "Add the template"}
	v.Groups = []page.FieldGroup{{Title: "What and how often", Fields: fields[:7]}}
	if err := in.whom(ctx, c, &v); err != nil {
		return api.Answer{}, err
	}
	categories, err := record.AllCategories(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	hint := "Where no category is ticked, for all vehicles." // said once
	for _, k := range categories {
		v.Checks = append(v.Checks, page.Check{Name: "categories", Value: k.ID, Text: "For " + k.Name, Hint: hint, On: slices.Contains(in.Categories, k.ID)})
		hint = ""
	}
	if t != nil {
		self := schedulePath(t.ID)
		v.Action, v.Do = self, "Save changes"
		v.Acts = []look.Act{{Text: "Apply", Icon: "play", Dialog: "apply", Tone: "main"}, {Text: "Delete", Icon: "bin", Dialog: "delete", Tone: "risky"}}
		v.Dialogs = []look.Dialog{
			{ID: "apply", Title: "Apply " + t.Name + "?", Action: self + "/apply", Do: "Apply", Text: "Each vehicle that it is for, and that never had it, gets a reminder, counted from today. To apply it again does nothing to those that have it."},
			{ID: "delete", Title: "Delete " + t.Name + "?", Action: self + "/delete", Do: "Delete", Danger: true, Text: "Reminders that it has made stay."},
		}
	}
	return chore.Form(v, because)
}
