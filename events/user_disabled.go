package events

// UserDisabled says that somebody can no longer enter the workspace; their sessions and keys here are dead.
type UserDisabled struct {
	Object   User     `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "user.disabled".
func (UserDisabled) Type() string { return "user.disabled" }

// Link says where the object can be read.
func (e UserDisabled) Link() Link { return e.Object.link() }
