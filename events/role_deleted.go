package events

// RoleDeleted says that a role is gone; nobody held it.
type RoleDeleted struct {
	Object Role `json:"object"`
}

// Type is "role.deleted".
func (RoleDeleted) Type() string { return "role.deleted" }

// Link says where the object can be read.
func (e RoleDeleted) Link() Link { return e.Object.link() }
