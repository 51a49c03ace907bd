package events

// PersonArchived says that a customer was put away.
type PersonArchived struct {
	Object   Person   `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "person.archived".
func (PersonArchived) Type() string { return "person.archived" }

// Link says where the object can be read.
func (e PersonArchived) Link() Link { return e.Object.link() }
