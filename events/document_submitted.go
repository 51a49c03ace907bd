package events

// DocumentSubmitted says that a document was handed in: by somebody of the
// workspace, or by its owner through an upload link.
type DocumentSubmitted struct {
	Object   Document `json:"object"`
	Previous Previous `json:"previous,omitempty" doc:"Absent when the document is new"`
}

// Type is "document.submitted".
func (DocumentSubmitted) Type() string { return "document.submitted" }

// Link says where the object can be read.
func (e DocumentSubmitted) Link() Link { return e.Object.link() }
