package expenses

import (
	"context"
	"time"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/expense"
	"motorpool/shared/fault"
	"motorpool/shared/insurance"
	"motorpool/shared/issue"
	"motorpool/shared/maintenance"
	"motorpool/shared/reminder"
)

// namesOf returns a function that names items by their codes.
func namesOf(items []expense.Item) func(code string) string {
	return func(code string) string {
		for _, i := range items {
			if i.Code == code {
				return i.Name
			}
		}
		return code
	}
}

// badgeOf says whether an expense counts.
func badgeOf(e *expense.Expense) look.Badge {
	if e.State == expense.Voided {
		return look.Badge{Icon: "cross", Text: "Voided"}
	}
	return look.Badge{Tone: "ok", Icon: "check", Text: "Counted"}
}

// frameOf is the frame of a page about an expense, and the items there are.
func frameOf(ctx context.Context, c *api.Call, e *expense.Expense, f look.Frame) (look.Frame, []expense.Item, error) {
	items, _, err := c.Expenses.Items(ctx, c.Actor.Workspace)
	if err != nil {
		return f, nil, err
	}
	a, err := c.Fleet.Asset(ctx, c.Actor.Workspace, e.Asset)
	if err != nil {
		return f, nil, err
	}
	f.Section, f.Lead = "expenses", a.Title()
	name := namesOf(items)(e.Item) + ", " + page.Money(e.Amount)
	f.Crumbs = append([]look.Link{{Text: "Expenses", To: record.ExpensesPath}}, f.Crumbs...)
	if f.Title == "" {
		f.Title = name
	} else {
		f.Crumbs = append(f.Crumbs, look.Link{Text: name, To: record.ExpensePath(e.ID)})
	}
	f, err = page.Frame(ctx, c, f)
	return f, items, err
}

// linksOf are what an expense belongs to, first its vehicle. Each is of the same
// vehicle, so whoever sees the expense may see it.
func linksOf(ctx context.Context, c *api.Call, e *expense.Expense, zone *time.Location) (out []named, err error) {
	car, err := chore.TitlesOf(ctx, c)(e.Asset)
	if err != nil {
		return nil, err
	}
	out = append(out, named{"Vehicle", look.Link{Text: car.Text, To: record.AssetPath(e.Asset) + "/costs"}})
	for _, to := range []struct {
		name, id, path string
		line           func(id string) (string, error)
	}{
		{"Issue", e.Issue, record.IssuePath(e.Issue), func(id string) (string, error) {
			i, err := c.Issues.Issue(ctx, c.Actor, id)
			if err != nil {
				return "", err
			}
			return i.Number + " " + i.Title, nil
		}},
		{"Maintenance", e.Maintenance, record.WindowPath(e.Maintenance), func(id string) (string, error) {
			w, err := c.Maintenance.Window(ctx, c.Actor, id)
			if err != nil {
				return "", err
			}
			return windowLine(w, zone), nil
		}},
		{"Reminder", e.Reminder, record.ReminderPath(e.Reminder), func(id string) (string, error) {
			r, err := c.Reminders.Reminder(ctx, c.Actor, id)
			if err != nil {
				return "", err
			}
			return r.Name, nil
		}},
		{"Claim", e.Claim, record.ClaimPath(e.Claim), func(id string) (string, error) {
			cl, err := c.Insurance.ClaimOf(ctx, c.Actor, id)
			if err != nil {
				return "", err
			}
			return cl.Line(), nil
		}},
	} {
		if to.id == "" {
			continue
		}
		text, err := to.line(to.id)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, named{to.name, look.Link{Text: text, To: to.path}})
	}
	return out, nil
}

func windowLine(w *maintenance.Window, zone *time.Location) string {
	return page.TitleOf(w.Reason) + " " + w.StartsAt.In(zone).Format("2006-01-02")
}

// relations are the fields that say what an expense belongs to, of what its
// vehicle has: the newest 50 of each.
func relations(ctx context.Context, c *api.Call, asset string, in expenseFields, zone *time.Location) ([]look.Field, error) {
	issues, _, err := c.Issues.Issues(ctx, c.Actor, issue.Filter{Asset: asset}, "", 50)
	if err != nil {
		return nil, err
	}
	windows, _, err := c.Maintenance.Windows(ctx, c.Actor, maintenance.Filter{Asset: asset}, "", 50)
	if err != nil {
		return nil, err
	}
	reminders, _, err := c.Reminders.Reminders(ctx, c.Actor, reminder.Filter{Asset: asset}, "", 50)
	if err != nil {
		return nil, err
	}
	claims, _, err := c.Insurance.Claims(ctx, c.Actor, insurance.Filter{Asset: asset}, "", 50)
	if err != nil {
		return nil, err
	}
	var of [4][]look.Option
	for _, i := range issues {
		of[0] = append(of[0], look.Option{Value: i.ID, Text: i.Number + " " + i.Title})
	}
	for _, w := range windows {
		of[1] = append(of[1], look.Option{Value: w.ID, Text: windowLine(w, zone)})
	}
	for _, r := range reminders {
		of[2] = append(of[2], look.Option{Value: r.ID, Text: r.Name})
	}
	for _, cl := range claims {
		of[3] = append(of[3], look.Option{Value: cl.ID, Text: cl.Line()})
	}
	return []look.Field{
		choice("issue", "Issue that it settled", in.Issue, of[0]), choice("maintenance", "Maintenance", in.Maintenance, of[1]),
		choice("reminder", "Reminder that it answered", in.Reminder, of[2]), choice("claim", "Insurance claim", in.Claim, of[3]),
	}, nil
}

// choice is a select with none before the options. What is chosen and not among
// them stays.
func choice(name, label, chosen string, of []look.Option) look.Field {
	all := append([]look.Option{{Text: "None"}}, of...)
	known := false
	for _, o := range all {
		known = known || o.Value == chosen
	}
	if !known {
		all = append(all, look.Option{Value: chosen, Text: chosen})
	}
	return look.Field{Name: name, Label: label, Type: "select", Options: look.Choose(chosen, all...)}
}

// expenseFields is the form of an expense that is there as a browser posts it.
type expenseFields struct {
	spentFields
	Odometer string `form:"odometer"`
	Version  int64  `form:"version"`
}

func expenseFieldsOf(e *expense.Expense, unit string) expenseFields {
	return expenseFields{
		spentFields: spentFields{
			ID: e.ID, Item: e.Item, Date: e.Date.String(), Amount: page.MoneyText(e.Amount), Rate: e.TaxRate, Vendor: e.Vendor, Reference: e.Reference, Notes: e.Notes,
			Issue: e.Issue, Maintenance: e.Maintenance, Reminder: e.Reminder, Claim: e.Claim,
		},
		Odometer: chore.ShownText(e.Odometer, unit), Version: e.Version,
	}
}

// editForm is the form of an expense with what is filled in and what is wrong.
func editForm(ctx context.Context, c *api.Call, e *expense.Expense, in expenseFields, unit string, because error) (api.Answer, error) {
	f, items, err := frameOf(ctx, c, e, look.Frame{Title: "Edit expense"})
	if err != nil {
		return api.Answer{}, err
	}
	to, err := relations(ctx, c, e.Asset, in, f.Zone)
	if err != nil {
		return api.Answer{}, err
	}
	spent := in.form(items)
	spent[len(spent)-1].Wide = true
	spent = append(spent, look.Field{Name: "odometer", Label: "Odometer then", Value: in.Odometer, Unit: unit})
	fields := append(spent, to...)
	wrong := page.Wrong(because, fields)
	self := record.ExpensePath(e.ID)
	v := chore.FormView{
		Frame: f, Action: self, Cancel: self, Do: "Save", Version: in.Version, Wrong: wrong,
		Groups: []page.FieldGroup{{Title: "What was spent", Fields: fields[:len(spent)]}, {Title: "Belongs to", Fields: fields[len(spent):]}},
	}
	return chore.Form(v, because)
}
