package expenses

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// VoidExpense takes an expense out of all sums.
var VoidExpense = api.Route{
	Name:    "expenses.void_expense",
	Method:  http.MethodPost,
	Path:    "/v1/expenses/{id}/void",
	Summary: "Void an expense",
	About:   "It counts in no sum any more, for good, and stays to be read: expenses are never deleted. Raises `expense.voided`.",
	Allow:   access.EditExpenses,
	Faults:  []string{"expense.not_found", "expense.stale", "expense.voided", "expense.reason"},
	Handle:  rest.JSON(voidExpense),
}

type voidExpenseInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body struct {
		Reason string `json:"reason" doc:"At most 500 characters" example:"Entered twice"`
	}
}

func voidExpense(ctx context.Context, c *api.Call, in voidExpenseInput) (expenseView, error) {
	version, err := in.Version()
	if err != nil {
		return expenseView{}, err
	}
	e, err := c.Expenses.Void(ctx, c.Actor, in.ID, in.Body.Reason, version, c.Now)
	return viewOf(e), err
}
