package expenses

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/expense"
)

// PutExpenseItem names an expense item, or adds one.
var PutExpenseItem = api.Route{
	Name:    "expenses.put_expense_item",
	Method:  http.MethodPut,
	Path:    "/v1/expense-items/{code}",
	Summary: "Name an expense item",
	About:   "Names an item, adds one, or switches one off: it is offered no longer then, and what was recorded under it stays. Items are not deleted.",
	Allow:   access.EditExpenses,
	Faults:  []string{"expense_item.code", "expense_item.name", "expense_item.name_taken", "expense_item.too_many"},
	Handle:  rest.JSON(putExpenseItem),
}

type putExpenseItemInput struct {
	Code string `path:"code"`
	Body struct {
		Name string `json:"name" example:"Tyres and rims"`
		Off  bool   `json:"off,omitempty" doc:"It is offered no longer"`
	}
}

func putExpenseItem(ctx context.Context, c *api.Call, in putExpenseItemInput) (expense.Item, error) {
	return c.Expenses.PutItem(ctx, c.Actor, expense.Item{Code: in.Code, Name: in.Body.Name, Off: in.Body.Off}, c.Now)
}
