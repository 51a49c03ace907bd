package expenses

import (
	"context"
	"net/http"
	"slices"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/expense"
)

// ExpenseReceiptDrop takes a receipt off an expense.
var ExpenseReceiptDrop = api.Route{
	Name:    "console.expense_receipt_drop",
	Method:  http.MethodPost,
	Path:    "/expenses/{id}/receipts/{attachment}/drop",
	Summary: "Remove a receipt",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(expenseReceiptDrop),
}

func expenseReceiptDrop(ctx context.Context, c *api.Call, in expenseReceiptInput) (api.Answer, error) {
	_, err := c.Expenses.Edit(ctx, c.Actor, in.ID, func(d *expense.Details) error {
		d.Receipts = slices.DeleteFunc(d.Receipts, func(id string) bool { return id == in.Attachment })
		return nil
	}, 0, c.Now)
	if err != nil {
		return page.Back(record.ExpensePath(in.ID), err)
	}
	return page.Done(record.ExpensePath(in.ID), "receipt-removed")
}
