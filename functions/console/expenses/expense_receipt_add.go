package expenses

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/expense"
)

// ExpenseReceiptAdd makes uploads receipts of an expense.
var ExpenseReceiptAdd = api.Route{
	Name:    "console.expense_receipt_add",
	Method:  http.MethodPost,
	Path:    "/expenses/{id}/receipts",
	Summary: "Add uploaded receipts",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(expenseReceiptAdd),
}

type expenseReceiptAddInput struct {
	ID   string   `path:"id"`
	File []string `form:"file"`
}

func expenseReceiptAdd(ctx context.Context, c *api.Call, in expenseReceiptAddInput) (api.Answer, error) {
	_, err := c.Expenses.Edit(ctx, c.Actor, in.ID, func(d *expense.Details) error {
		d.Receipts = append(d.Receipts, in.File...)
		return nil
	}, 0, c.Now)
	if err != nil {
		return page.Back(record.ExpensePath(in.ID), err)
	}
	return page.Done(record.ExpensePath(in.ID), "receipt-added")
}
