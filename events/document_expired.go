package events

// DocumentExpired says that the last day of a verified document is over.
type DocumentExpired struct {
	Object Document `json:"object"`
}

// Type is "document.expired".
func (DocumentExpired) Type() string { return "document.expired" }

// Link says where the object can be read.
func (e DocumentExpired) Link() Link { return e.Object.link() }
