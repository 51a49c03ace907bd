package events

// PersonCreated says that a customer was added.
type PersonCreated struct {
	Object Person `json:"object"`
}

// Type is "person.created".
func (PersonCreated) Type() string { return "person.created" }

// Link says where the object can be read.
func (e PersonCreated) Link() Link { return e.Object.link() }
