package events

// PersonAnonymised says that all that is personal of a customer was erased, for good.
type PersonAnonymised struct {
	Object   Person   `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "person.anonymised".
func (PersonAnonymised) Type() string { return "person.anonymised" }

// Link says where the object can be read.
func (e PersonAnonymised) Link() Link { return e.Object.link() }
