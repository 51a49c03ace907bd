package events

// UserUpdated says that what is said of a user changed: the name, or the locations they work at.
type UserUpdated struct {
	Object   User     `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "user.updated".
func (UserUpdated) Type() string { return "user.updated" }

// Link says where the object can be read.
func (e UserUpdated) Link() Link { return e.Object.link() }
