// Package expenses answers for what is spent on assets: everything under
// /v1/expenses and /v1/expense-items, and what an asset cost. What may be done is
// decided in shared/expense.
package expenses

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	EditExpense, GetCosts, GetExpense, ListExpenseItems, ListExpenses, PutExpenseItem, RecordExpense, SumExpenses, VoidExpense,
}
