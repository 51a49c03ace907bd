package events

// IssueCreated says that something is wrong with an asset.
type IssueCreated struct {
	Object Issue `json:"object"`
}

// Type is "issue.created".
func (IssueCreated) Type() string { return "issue.created" }

// Link says where the object can be read.
func (e IssueCreated) Link() Link { return e.Object.link() }
