package expenses

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/expense"
)

// SumExpenses adds up what was spent.
var SumExpenses = api.Route{
	Name:    "expenses.sum_expenses",
	Method:  http.MethodGet,
	Path:    "/v1/expenses/sums",
	Summary: "Add expenses up",
	About:   "To the cent and currency by currency; nothing is converted. Voided expenses count for nothing. A span with more than 10,000 expenses is refused.",
	Allow:   access.ViewExpenses,
	Faults:  []string{"asset.not_found", "expense.from", "expense.to", "expense.span"},
	Handle:  rest.JSON(sumExpenses),
}

type sumExpensesInput struct {
	Asset  string `query:"asset"`
	From   string `query:"from" format:"date" doc:"The first day" example:"2026-11-01"`
	To     string `query:"to" format:"date" doc:"The last day" example:"2026-11-30"`
	Item   string `query:"item" doc:"The code of an expense item"`
	Vendor string `query:"vendor" maxLength:"100" doc:"The beginning of the vendor's name, whatever its case"`
}

type sumsView struct {
	Total  []expense.Sum `json:"total" nullable:"false" doc:"One of each currency"`
	ByItem []expense.Sum `json:"by_item" nullable:"false"`
}

func sumExpenses(ctx context.Context, c *api.Call, in sumExpensesInput) (sumsView, error) {
	f, err := filter(in.Asset, in.From, in.To, in.Item, in.Vendor)
	if err != nil {
		return sumsView{}, err
	}
	s, err := c.Expenses.Sum(ctx, c.Actor, f)
	return sumsView(s), err
}
