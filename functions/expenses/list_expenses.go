package expenses

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/expense"
)

// ListExpenses shows what was spent, a page at a time.
var ListExpenses = api.Route{
	Name:    "expenses.list_expenses",
	Method:  http.MethodGet,
	Path:    "/v1/expenses",
	Summary: "List expenses",
	About:   "The latest day first. A page may be short when filters are narrow: go on while there is a `next_cursor`.",
	Allow:   access.ViewExpenses,
	Faults:  []string{"asset.not_found", "expense.from", "expense.to", "cursor.invalid"},
	Handle:  rest.JSON(listExpenses),
}

type listExpensesInput struct {
	api.Paging
	Asset  string `query:"asset"`
	From   string `query:"from" format:"date" doc:"The first day" example:"2026-11-01"`
	To     string `query:"to" format:"date" doc:"The last day" example:"2026-11-30"`
	Item   string `query:"item" doc:"The code of an expense item"`
	Vendor string `query:"vendor" maxLength:"100" doc:"The beginning of the vendor's name, whatever its case"`
	State  string `query:"state" enum:"recorded,voided"`
}

func listExpenses(ctx context.Context, c *api.Call, in listExpensesInput) (api.List[expenseView], error) {
	f, err := filter(in.Asset, in.From, in.To, in.Item, in.Vendor)
	if err != nil {
		return api.List[expenseView]{}, err
	}
	f.State = expense.State(in.State)
	page, next, err := c.Expenses.Expenses(ctx, c.Actor, f, in.Cursor, in.Limit)
	out := make([]expenseView, len(page))
	for i, e := range page {
		out[i] = viewOf(e)
	}
	return api.ListOf(out, next), err
}
