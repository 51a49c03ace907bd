package events

// IssueUpdated says that an issue was described anew, taken up or dismissed.
type IssueUpdated struct {
	Object   Issue    `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "issue.updated".
func (IssueUpdated) Type() string { return "issue.updated" }

// Link says where the object can be read.
func (e IssueUpdated) Link() Link { return e.Object.link() }
