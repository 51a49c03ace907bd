package events

// PersonUpdated says that what is known of a customer was changed, or an archived
// one was brought back.
type PersonUpdated struct {
	Object   Person   `json:"object"`
	Previous Previous `json:"previous"`
	Personal []string `json:"personal" nullable:"false" doc:"Names of the personal fields that changed too; their values are in no event" example:"[\"email\"]"`
}

// Type is "person.updated".
func (PersonUpdated) Type() string { return "person.updated" }

// Link says where the object can be read.
func (e PersonUpdated) Link() Link { return e.Object.link() }
