package events

// ContactVerified says that somebody checked a contact of a customer. The object is the customer.
type ContactVerified struct {
	Object  Person        `json:"object"`
	Contact PersonContact `json:"contact"`
}

// Type is "contact.verified".
func (ContactVerified) Type() string { return "contact.verified" }

// Link says where the object can be read.
func (e ContactVerified) Link() Link { return e.Object.link() }
