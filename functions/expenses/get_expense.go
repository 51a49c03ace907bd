package expenses

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetExpense shows one expense.
var GetExpense = api.Route{
	Name:    "expenses.get_expense",
	Method:  http.MethodGet,
	Path:    "/v1/expenses/{id}",
	Summary: "Get an expense",
	Allow:   access.ViewExpenses,
	Faults:  []string{"expense.not_found"},
	Handle:  rest.JSON(getExpense),
}

type byID struct {
	ID string `path:"id"`
}

func getExpense(ctx context.Context, c *api.Call, in byID) (expenseView, error) {
	e, err := c.Expenses.Expense(ctx, c.Actor, in.ID)
	return viewOf(e), err
}
