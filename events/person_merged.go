package events

// PersonMerged says that a duplicate was merged into a customer. Its identifier leads
// to the object from now on.
type PersonMerged struct {
	Object    Person   `json:"object"`
	Previous  Previous `json:"previous"`
	Personal  []string `json:"personal" nullable:"false" doc:"Names of the personal fields that changed too; their values are in no event" example:"[\"email\"]"`
	Duplicate string   `json:"duplicate" doc:"The identifier that now leads to the object" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b6"`
}

// Type is "person.merged".
func (PersonMerged) Type() string { return "person.merged" }

// Link says where the object can be read.
func (e PersonMerged) Link() Link { return e.Object.link() }
