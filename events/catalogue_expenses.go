package events

var expenseListings = []Listing{
	listing("expenses", ExpenseRecorded{}, "Something was spent on an asset."),
	listing("expenses", ExpenseUpdated{}, "What is said of an expense was changed."),
	listing("expenses", ExpenseVoided{}, "An expense no longer counts."),
}
