// Package expenses is the console's pages of what is spent on assets.
package expenses

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	AssetCosts,
	AssetSpend,
	AssetSpendVoid,
	ExpenseEdit,
	ExpenseList,
	ExpensePage,
	ExpenseReceipt,
	ExpenseReceiptAdd,
	ExpenseReceiptDrop,
	ExpenseSave,
	ExpenseVoid,
}
