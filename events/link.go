package events

// Link stands for an object that is too large to carry.
type Link struct {
	ID   string `json:"id" doc:"The object's identifier"`
	Type string `json:"type" doc:"What kind of thing it is" example:"asset"`
	URL  string `json:"url,omitempty" doc:"Where the API answers with it, without the host" example:"/v1/assets/ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
}

// Linked is an event that knows where its object can be read. One that does not
// is linked by identifier alone.
type Linked interface {
	Event
	Link() Link
}
