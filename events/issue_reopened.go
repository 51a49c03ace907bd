package events

// IssueReopened says that what was thought to be right is not.
type IssueReopened struct {
	Object   Issue    `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "issue.reopened".
func (IssueReopened) Type() string { return "issue.reopened" }

// Link says where the object can be read.
func (e IssueReopened) Link() Link { return e.Object.link() }
