package events

// RoleUpdated says that a role was described anew, or allows something else.
type RoleUpdated struct {
	Object   Role     `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "role.updated".
func (RoleUpdated) Type() string { return "role.updated" }

// Link says where the object can be read.
func (e RoleUpdated) Link() Link { return e.Object.link() }
