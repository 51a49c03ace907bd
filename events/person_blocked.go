package events

// PersonBlocked says that a customer must not be rented to from now on.
type PersonBlocked struct {
	Object   Person   `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "person.blocked".
func (PersonBlocked) Type() string { return "person.blocked" }

// Link says where the object can be read.
func (e PersonBlocked) Link() Link { return e.Object.link() }
