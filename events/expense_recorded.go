package events

// ExpenseRecorded says that something was spent on an asset.
type ExpenseRecorded struct {
	Object Expense `json:"object"`
}

// Type is "expense.recorded".
func (ExpenseRecorded) Type() string { return "expense.recorded" }

// Link says where the object can be read.
func (e ExpenseRecorded) Link() Link { return e.Object.link() }
