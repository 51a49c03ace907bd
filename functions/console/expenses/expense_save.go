package expenses

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/expense"
	"motorpool/shared/fault"
)

// ExpenseSave changes what is said of an expense.
var ExpenseSave = api.Route{
	Name:    "console.expense_save",
	Method:  http.MethodPost,
	Path:    "/expenses/{id}",
	Summary: "Change an expense",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(expenseSave),
}

func expenseSave(ctx context.Context, c *api.Call, in expenseFields) (api.Answer, error) {
	e, err := c.Expenses.Expense(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	unit, err := chore.UnitOf(ctx, c, e.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	said, err := in.details()
	bad := fault.New(fault.Invalid, "expense.form", "Some fields are not right.")
	if driven := chore.Driven(in.Odometer, unit, "odometer", bad); len(bad.Fields) == 0 {
		said.Odometer = driven
	} else if err == nil {
		err = bad
	}
	if err == nil {
		_, err = c.Expenses.Edit(ctx, c.Actor, in.ID, func(d *expense.Details) error {
			if said.Receipts = d.Receipts; said.Amount.Currency == d.Amount.Currency {
				said.Tax = d.Tax
			}
			*d = said
			return nil
		}, in.Version, c.Now)
	}
	if page.Mine(err) {
		return editForm(ctx, c, e, in, unit, err)
	}
	if err != nil {
		return page.Back(record.ExpensePath(in.ID), err)
	}
	return page.Done(record.ExpensePath(in.ID), "expense-saved")
}
