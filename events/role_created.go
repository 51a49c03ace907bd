package events

// RoleCreated says that there is a new role.
type RoleCreated struct {
	Object Role `json:"object"`
}

// Type is "role.created".
func (RoleCreated) Type() string { return "role.created" }

// Link says where the object can be read.
func (e RoleCreated) Link() Link { return e.Object.link() }
