package expenses

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ExpenseVoid takes an expense out of all sums, for good.
var ExpenseVoid = api.Route{
	Name:    "console.expense_void",
	Method:  http.MethodPost,
	Path:    "/expenses/{id}/void",
	Summary: "Void an expense on its page",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(expenseVoid),
}

type expenseVoidInput struct {
	ID     string `path:"id"`
	Reason string `form:"reason"`
}

func expenseVoid(ctx context.Context, c *api.Call, in expenseVoidInput) (api.Answer, error) {
	if _, err := c.Expenses.Void(ctx, c.Actor, in.ID, in.Reason, 0, c.Now); err != nil {
		return page.Back(record.ExpensePath(in.ID), err)
	}
	return page.Done(record.ExpensePath(in.ID), "expense-voided")
}
