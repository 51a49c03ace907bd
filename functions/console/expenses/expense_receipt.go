package expenses

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ExpenseReceipt leads to one of an expense's receipts, for some minutes.
var ExpenseReceipt = api.Route{
	Name:    "console.expense_receipt",
	Method:  http.MethodGet,
	Path:    "/expenses/{id}/receipts/{attachment}",
	Summary: "An expense's receipt",
	Allow:   access.ViewExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(expenseReceipt),
}

type expenseReceiptInput struct {
	ID         string `path:"id"`
	Attachment string `path:"attachment"`
}

func expenseReceipt(ctx context.Context, c *api.Call, in expenseReceiptInput) (api.Answer, error) {
	url, err := c.Expenses.Receipt(ctx, c.Actor, in.ID, in.Attachment)
	if err != nil {
		return page.Back(record.ExpensePath(in.ID), err)
	}
	return api.Redirect(url), nil
}
