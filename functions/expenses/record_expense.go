package expenses

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/expense"
)

// RecordExpense says that something was spent on an asset.
var RecordExpense = api.Route{
	Name:    "expenses.record_expense",
	Method:  http.MethodPost,
	Path:    "/v1/expenses",
	Summary: "Record an expense",
	About:   "Something was spent on an asset that is in service. `amount` includes the tax; with `tax_rate` alone the tax in it is reckoned, rounded to the cent, half away from zero. A refund is negative. Raises `expense.recorded`.",
	Allow:   access.EditExpenses,
	Status:  http.StatusCreated,
	Faults:  []string{"expense.asset", "asset.archived", "expense.item", "expense.amount", "expense.tax", "expense.tax_rate", "expense.date", "expense.receipts", "expense.issue", "expense.maintenance", "expense.reminder", "expense.claim"},
	Handle:  rest.JSON(recordExpense),
}

type recordExpenseInput struct {
	Body struct {
		Asset string `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
		expense.Details
	}
}

func recordExpense(ctx context.Context, c *api.Call, in recordExpenseInput) (expenseView, error) {
	e, err := c.Expenses.Record(ctx, c.Actor, in.Body.Asset, in.Body.Details, c.Now)
	return viewOf(e), err
}
