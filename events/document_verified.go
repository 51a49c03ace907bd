package events

// DocumentVerified says that somebody looked at a document and it is good.
type DocumentVerified struct {
	Object   Document `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "document.verified".
func (DocumentVerified) Type() string { return "document.verified" }

// Link says where the object can be read.
func (e DocumentVerified) Link() Link { return e.Object.link() }
