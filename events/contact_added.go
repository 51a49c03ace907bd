package events

// ContactAdded says that a contact of a customer was added. The object is the customer.
type ContactAdded struct {
	Object  Person        `json:"object"`
	Contact PersonContact `json:"contact"`
}

// Type is "contact.added".
func (ContactAdded) Type() string { return "contact.added" }

// Link says where the object can be read.
func (e ContactAdded) Link() Link { return e.Object.link() }
