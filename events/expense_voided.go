package events

// ExpenseVoided says that an expense no longer counts. It is kept.
type ExpenseVoided struct {
	Object   Expense  `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "expense.voided".
func (ExpenseVoided) Type() string { return "expense.voided" }

// Link says where the object can be read.
func (e ExpenseVoided) Link() Link { return e.Object.link() }
