package events

// ExpenseUpdated says that what is said of an expense was changed.
type ExpenseUpdated struct {
	Object   Expense  `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "expense.updated".
func (ExpenseUpdated) Type() string { return "expense.updated" }

// Link says where the object can be read.
func (e ExpenseUpdated) Link() Link { return e.Object.link() }
