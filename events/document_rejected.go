package events

// DocumentRejected says that somebody looked at a document and it will not do.
type DocumentRejected struct {
	Object   Document `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "document.rejected".
func (DocumentRejected) Type() string { return "document.rejected" }

// Link says where the object can be read.
func (e DocumentRejected) Link() Link { return e.Object.link() }
