package events

// UserRoleChanged says that a user has another role.
type UserRoleChanged struct {
	Object   User     `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "user.role_changed".
func (UserRoleChanged) Type() string { return "user.role_changed" }

// Link says where the object can be read.
func (e UserRoleChanged) Link() Link { return e.Object.link() }
