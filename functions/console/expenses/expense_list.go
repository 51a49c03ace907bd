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
	"motorpool/shared/expense"
	"motorpool/shared/fault"
)

// ExpenseList lists what was spent on the fleet.
var ExpenseList = api.Route{
	Name:    "console.expense_list",
	Method:  http.MethodGet,
	Path:    "/expenses",
	Summary: "Expenses",
	Allow:   access.ViewExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(expenseList),
}

type expenseListInput struct {
	From   string `query:"from"`
	To     string `query:"to"`
	Item   string `query:"item"`
	Vendor string `query:"vendor"`
	State  string `query:"state"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type expenseListView struct {
	chore.List
	Rows []expenseRow
}

type expenseRow struct {
	Date, Item, Vendor, Amount, Tax, To string
	Asset                               look.Link
	State                               look.Badge
}

var expenseListPage = look.Page(files, "expense_list")

func expenseList(ctx context.Context, c *api.Call, in expenseListInput) (api.Answer, error) {
	list, err := chore.ListOf(ctx, c, look.Frame{Title: "Expenses", Section: "expenses", Toast: page.News(in.Did)}, "", "")
	if err != nil {
		return api.Answer{}, err
	}
	v := expenseListView{List: list}
	items, _, err := c.Expenses.Items(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	bad := fault.New(fault.Invalid, "expense.filter", "Some filters are not right.")
	filter := expense.Filter{From: page.Date(in.From, "from", bad), To: page.Date(in.To, "to", bad), Item: in.Item, Vendor: page.Trim(in.Vendor), State: expense.State(in.State)}
	batch, next, err := c.Expenses.Expenses(ctx, c.Actor, filter, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	names, titles := namesOf(items), chore.TitlesOf(ctx, c)
	for _, e := range batch {
		asset, err := titles(e.Asset)
		if err != nil {
			return api.Answer{}, err
		}
		v.Rows = append(v.Rows, expenseRow{
			Date: e.Date.String(), Item: names(e.Item), Vendor: e.Vendor, Amount: page.Money(e.Amount), Tax: page.Money(e.Tax), To: record.ExpensePath(e.ID),
			Asset: asset, State: badgeOf(e),
		})
	}
	v.Filters = in.filters(items)
	_ = page.Wrong(bad, v.Filters)
	v.Action, v.Filtered = record.ExpensesPath, in.From+in.To+in.Item+in.Vendor+in.State != ""
	v.Finish("expense", len(batch), in.Cursor, next, in.shown()...)
	v.Acts = record.Exporting(v.Frame, "expenses", in.shown()...)
	v.Empty = look.Empty{Icon: "coin", Title: "Nothing spent yet", Text: "What is spent is recorded on a vehicle: open one and choose Costs.", Links: []look.Link{{Text: "Go to the fleet", To: "/assets"}}}
	if v.Filtered {
		v.Empty = look.Empty{Icon: "search", Title: "Nothing matches", Text: "No expense is like that.", Links: []look.Link{{Text: "Clear the filters", To: v.Clear}}}
	}
	return page.Show(expenseListPage, v)
}

func (in expenseListInput) shown() []string {
	return []string{"from", in.From, "to", in.To, "item", in.Item, "vendor", in.Vendor, "state", in.State}
}

func (in expenseListInput) filters(items []expense.Item) []look.Field {
	every := []look.Option{{Text: "Everything"}}
	for _, i := range items {
		every = append(every, look.Option{Value: i.Code, Text: i.Name})
	}
	return []look.Field{
		{Name: "from", Label: "From", Type: "date", Value: in.From},
		{Name: "to", Label: "To", Type: "date", Value: in.To},
		{Name: "item", Label: "What for", Type: "select", Options: look.Choose(in.Item, every...)},
		{Name: "vendor", Label: "Paid to", Type: "search", Value: in.Vendor, Max: 100, Search: true, Placeholder: "How the name begins"},
		{Name: "state", Label: "Counts", Type: "select", Options: look.Choose(in.State, look.Option{Text: "All"}, look.Option{Value: "recorded", Text: "Counted"}, look.Option{Value: "voided", Text: "Voided"})},
	}
}
