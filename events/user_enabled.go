package events

// UserEnabled says that a disabled user can enter the workspace again.
type UserEnabled struct {
	Object   User     `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "user.enabled".
func (UserEnabled) Type() string { return "user.enabled" }

// Link says where the object can be read.
func (e UserEnabled) Link() Link { return e.Object.link() }
