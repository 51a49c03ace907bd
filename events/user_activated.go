package events

// UserActivated says that an invited person works in the workspace now.
type UserActivated struct {
	Object   User     `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "user.activated".
func (UserActivated) Type() string { return "user.activated" }

// Link says where the object can be read.
func (e UserActivated) Link() Link { return e.Object.link() }
