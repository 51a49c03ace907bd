package events

// DocumentRequested says that a document was asked for, or asked for again.
type DocumentRequested struct {
	Object   Document `json:"object"`
	Previous Previous `json:"previous,omitempty" doc:"Absent when the document is new"`
}

// Type is "document.requested".
func (DocumentRequested) Type() string { return "document.requested" }

// Link says where the object can be read.
func (e DocumentRequested) Link() Link { return e.Object.link() }
