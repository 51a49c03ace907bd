package events

// IssueClosed says that nothing remains to be done about an issue.
type IssueClosed struct {
	Object   Issue    `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "issue.closed".
func (IssueClosed) Type() string { return "issue.closed" }

// Link says where the object can be read.
func (e IssueClosed) Link() Link { return e.Object.link() }
