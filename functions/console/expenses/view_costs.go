package expenses

import (
	"context"
	"strings"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/expense"
	"motorpool/shared/fault"
	"motorpool/shared/money"
	"motorpool/shared/span"
)

// spentFields is the form of an expense as a browser posts it.
type spentFields struct {
	ID        string `path:"id"`
	Item      string `form:"item"`
	Date      string `form:"date"`
	Amount    string `form:"amount"`
	Rate      string `form:"tax_rate"`
	Vendor    string `form:"vendor"`
	Reference string `form:"reference"`
	Notes     string `form:"notes"`

	// what it belongs to
	Issue       string `form:"issue"`
	Maintenance string `form:"maintenance"`
	Reminder    string `form:"reminder"`
	Claim       string `form:"claim"`
}

// belongs are what an expense that is to be recorded belongs to besides its
// vehicle, with the fields that say so.
func (in spentFields) belongs(ctx context.Context, c *api.Call, asset string, zone *time.Location) ([]named, []look.Option, error) {
	var e expense.Expense
	e.Asset, e.Issue, e.Maintenance, e.Reminder, e.Claim = asset, in.Issue, in.Maintenance, in.Reminder, in.Claim
	links, err := linksOf(ctx, c, &e, zone)
	if err != nil {
		return nil, nil, err
	}
	var hidden []look.Option
	for _, o := range []look.Option{{Text: "issue", Value: in.Issue}, {Text: "maintenance", Value: in.Maintenance}, {Text: "reminder", Value: in.Reminder}, {Text: "claim", Value: in.Claim}} {
		if o.Value != "" {
			hidden = append(hidden, o)
		}
	}
	return links[1:], hidden, nil
}

func (in spentFields) details() (expense.Details, error) {
	bad := fault.New(fault.Invalid, "expense.form", "Some fields are not right.")
	d := expense.Details{
		Item: in.Item, Date: page.Date(in.Date, "date", bad), Amount: page.Amount(in.Amount, "amount", bad), TaxRate: in.Rate,
		Vendor: page.Trim(in.Vendor), Reference: page.Trim(in.Reference), Notes: page.Trim(in.Notes),
		Issue: in.Issue, Maintenance: in.Maintenance, Reminder: in.Reminder, Claim: in.Claim,
	}
	if len(bad.Fields) > 0 {
		return d, bad
	}
	return d, nil
}

// costsOf fills in the page of an asset's costs, with what was filled in so far.
func costsOf(ctx context.Context, c *api.Call, in assetCostsInput, filled spentFields) (v assetCostsView, err error) {
	costs, err := c.Expenses.Costs(ctx, c.Actor, in.ID, span.Date{}, span.Date{}, c.Now)
	if err != nil {
		return v, err
	}
	a, err := c.Fleet.Asset(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return v, err
	}
	self := record.AssetPath(a.ID)
	f, err := page.Frame(ctx, c, look.Frame{Title: "Costs", Lead: a.Title(), Section: "assets", Crumbs: []look.Link{record.ToAssets, {Text: a.Title(), To: self}}, Toast: page.News(in.Did)})
	if err != nil {
		return v, err
	}
	items, _, err := c.Expenses.Items(ctx, c.Actor.Workspace)
	if err != nil {
		return v, err
	}
	spent, next, err := c.Expenses.Expenses(ctx, c.Actor, expense.Filter{Asset: a.ID}, in.Cursor, 50)
	if err != nil {
		return v, err
	}
	v = assetCostsView{
		Frame: f, Tabs: record.AssetTabs(f, self, "costs"), Action: self + "/costs", MayAdd: f.May(access.EditExpenses) && a.ArchivedAt.IsZero(),
		Acts:   record.Exporting(f, "expenses", "asset", a.ID),
		Fields: filled.form(items), Empty: look.Empty{Icon: "list", Title: "Nothing spent yet", Text: "Record what was spent on it: fuel, tyres, a service. Sums and months follow."},
		Pager: page.Pager(look.Count(len(spent), "expense", "expenses"), in.Cursor, next, self+"/costs"),
	}
	v.add(costs)
	if v.MayAdd {
		if v.Belongs, v.Hidden, err = filled.belongs(ctx, c, a.ID, f.Zone); err != nil {
			return v, err
		}
	}
	names := namesOf(items)
	for _, e := range spent {
		r := spentRow{Date: e.Date.String(), Item: names(e.Item), To: record.ExpensePath(e.ID), Vendor: e.Vendor, Amount: page.Money(e.Amount), Tax: page.Money(e.Tax), Why: e.VoidReason}
		if e.State == expense.Recorded && f.May(access.EditExpenses) {
			r.Void = self + "/costs/" + e.ID + "/void"
		}
		v.Rows = append(v.Rows, r)
	}
	return v, nil
}

// add puts a year's sums and months on the page.
func (v *assetCostsView) add(c expense.Costs) {
	for _, s := range c.Total {
		v.Sums = append(v.Sums, look.Pair{Name: "Spent in twelve months", Value: page.Money(money.Amount{Minor: s.Amount, Currency: s.Currency})})
	}
	if c.Held != nil {
		v.Sums = append(v.Sums, look.Pair{Name: "Holding it", Value: page.Money(*c.Held)})
	}
	for _, m := range c.Months {
		if len(m.Spent) == 0 && m.Holding == nil {
			continue
		}
		var spent []string
		for _, s := range m.Spent {
			spent = append(spent, page.Money(money.Amount{Minor: s.Amount, Currency: s.Currency}))
		}
		r := costRow{Month: m.Month, Spent: strings.Join(spent, ", ")}
		if m.Holding != nil {
			r.Holding = page.Money(*m.Holding)
		}
		v.Months = append(v.Months, r)
	}
}

func (in spentFields) form(items []expense.Item) []look.Field {
	options := []look.Option{{Text: "Choose"}}
	for _, i := range items {
		if !i.Off || i.Code == in.Item {
			options = append(options, look.Option{Value: i.Code, Text: i.Name, Chosen: i.Code == in.Item})
		}
	}
	return []look.Field{
		{Name: "item", Label: "What for", Type: "select", Options: options, Required: true},
		{Name: "date", Label: "Day", Type: "date", Value: in.Date, Required: true},
		{Name: "amount", Label: "Amount, tax included", Value: in.Amount, Required: true, Placeholder: "AUD 440.00", Hint: "A refund is negative."},
		{Name: "tax_rate", Label: "Tax rate", Value: in.Rate, Unit: "%", Hint: "The tax in the amount is reckoned from it."},
		{Name: "vendor", Label: "Paid to", Value: in.Vendor, Max: 100},
		{Name: "reference", Label: "Invoice or order", Value: in.Reference, Max: 100},
		{Name: "notes", Label: "Notes", Type: "textarea", Value: in.Notes, Max: 2000},
	}
}
