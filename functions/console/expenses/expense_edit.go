package expenses

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/expense"
	"motorpool/shared/fault"
)

// ExpenseEdit is the form that changes an expense.
var ExpenseEdit = api.Route{
	Name:    "console.expense_edit",
	Method:  http.MethodGet,
	Path:    "/expenses/{id}/edit",
	Summary: "The form that changes an expense",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(expenseEdit),
}

type expenseEditInput struct {
	ID string `path:"id"`
}

func expenseEdit(ctx context.Context, c *api.Call, in expenseEditInput) (api.Answer, error) {
	e, err := c.Expenses.Expense(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	if e.State == expense.Voided {
		return api.Answer{}, fault.New(fault.Conflict, "expense.voided", "This expense was voided and can no longer be changed.")
	}
	unit, err := chore.UnitOf(ctx, c, e.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	return editForm(ctx, c, e, expenseFieldsOf(e, unit), unit, nil)
}
