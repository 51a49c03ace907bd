package events

// PersonDeleted says that a customer to whom nothing ever referred is gone. The
// object is as it last was.
type PersonDeleted struct {
	Object Person `json:"object"`
}

// Type is "person.deleted".
func (PersonDeleted) Type() string { return "person.deleted" }

// Link says where the object can be read.
func (e PersonDeleted) Link() Link { return e.Object.link() }
