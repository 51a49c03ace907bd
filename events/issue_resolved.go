package events

// IssueResolved says that what was wrong is right again.
type IssueResolved struct {
	Object   Issue    `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "issue.resolved".
func (IssueResolved) Type() string { return "issue.resolved" }

// Link says where the object can be read.
func (e IssueResolved) Link() Link { return e.Object.link() }
