package expenses

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/expense"
)

// ListExpenseItems shows what things are spent on.
var ListExpenseItems = api.Route{
	Name:    "expenses.list_expense_items",
	Method:  http.MethodGet,
	Path:    "/v1/expense-items",
	Summary: "List expense items",
	About:   "The words that expenses are recorded under, by code. A workspace has fifteen unless it says otherwise.",
	Allow:   access.ViewExpenses,
	Handle:  rest.JSON(listExpenseItems),
}

func listExpenseItems(ctx context.Context, c *api.Call, _ api.None) (api.List[expense.Item], error) {
	all, _, err := c.Expenses.Items(ctx, c.Actor.Workspace)
	return api.ListOf(all, ""), err
}
