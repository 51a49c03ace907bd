package events

// PersonUnblocked says that a block was lifted.
type PersonUnblocked struct {
	Object   Person   `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "person.unblocked".
func (PersonUnblocked) Type() string { return "person.unblocked" }

// Link says where the object can be read.
func (e PersonUnblocked) Link() Link { return e.Object.link() }
