package expenses

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/expense"
)

// ExpensePage shows one expense, its receipts and what it belongs to.
var ExpensePage = api.Route{
	Name:    "console.expense_page",
	Method:  http.MethodGet,
	Path:    "/expenses/{id}",
	Summary: "One expense",
	Allow:   access.ViewExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(expensePage),
}

type expensePageInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
	record.Uploads
}

type expensePageView struct {
	look.Frame
	State    look.Badge
	Notice   *look.Notice
	Acts     []look.Act
	Facts    []look.Pair
	Links    []named
	Notes    string
	Receipts look.Kept
	Dialogs  []look.Dialog
}

// named is a link with what it leads to.
type named struct {
	Name string
	look.Link
}

var expensePageTemplate = look.Page(files, "expense_page")

func expensePage(ctx context.Context, c *api.Call, in expensePageInput) (api.Answer, error) {
	e, err := c.Expenses.Expense(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	f, items, err := frameOf(ctx, c, e, look.Frame{Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	unit, err := chore.UnitOf(ctx, c, e.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	self := record.ExpensePath(e.ID)
	v := expensePageView{Frame: f, State: badgeOf(e), Notes: e.Notes}
	rate := e.TaxRate
	if rate != "" {
		rate += " %"
	}
	v.Facts = chore.Pairs("What for", namesOf(items)(e.Item), "Day", e.Date.String(), "Amount", page.Money(e.Amount), "Tax in it", page.Money(e.Tax), "Tax rate", rate,
		"Paid to", e.Vendor, "Invoice or order", e.Reference, "Odometer", chore.MetresText(e.Odometer, unit), "Recorded", f.Exact(e.Created).Text)
	if v.Links, err = linksOf(ctx, c, e, f.Zone); err != nil {
		return api.Answer{}, err
	}
	counts := e.State == expense.Recorded
	if !counts {
		v.Notice = &look.Notice{Title: "Voided " + f.Day(e.VoidedAt).Text, Text: "It counts in no sum: " + e.VoidReason}
	}
	edit := counts && f.May(access.EditExpenses)
	v.Receipts, err = record.KeptOf(ctx, c, record.Keeping{
		Title: "Receipts", Empty: "None yet.", Purpose: attachment.Receipt, IDs: e.Receipts, Self: self, Under: self + "/receipts", Edit: edit,
	}, in.Uploads)
	if err != nil {
		return api.Answer{}, err
	}
	if edit {
		v.Acts = []look.Act{{Text: "Edit", Icon: "edit", To: self + "/edit", Tone: "main"}, {Text: "Void", Icon: "cross", Dialog: "void", Tone: "risky"}}
		v.Dialogs = []look.Dialog{{
			ID: "void", Title: "Void this expense?", Text: "It counts in no sum any more, for good, and stays to be read.", Action: self + "/void", Do: "Void", Danger: true,
			Fields: []look.Field{{Name: "reason", Label: "Why it does not count", Required: true, Max: 500}},
		}}
	}
	return page.Show(expensePageTemplate, v)
}
