package expenses

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/expense"
)

// EditExpense changes what is said of an expense.
var EditExpense = api.Route{
	Name:    "expenses.edit_expense",
	Method:  http.MethodPatch,
	Path:    "/v1/expenses/{id}",
	Summary: "Edit an expense",
	About:   "The body is a JSON merge patch (RFC 7396). The asset stays: an expense on the wrong one is voided and recorded again. Raises `expense.updated`; nothing if nothing changed.",
	Allow:   access.EditExpenses,
	Faults:  []string{"expense.not_found", "expense.stale", "expense.voided", "expense.item", "expense.amount", "expense.tax", "expense.tax_rate", "expense.date", "expense.receipts", "expense.issue", "expense.maintenance", "expense.reminder", "expense.claim"},
	Handle:  rest.JSON(editExpense),
}

type editExpenseInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[expense.Details]
}

func editExpense(ctx context.Context, c *api.Call, in editExpenseInput) (expenseView, error) {
	version, err := in.Version()
	if err != nil {
		return expenseView{}, err
	}
	e, err := c.Expenses.Edit(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	return viewOf(e), err
}
