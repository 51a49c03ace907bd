package events

// UserInvited says that somebody was invited into the workspace.
type UserInvited struct {
	Object User `json:"object"`
}

// Type is "user.invited".
func (UserInvited) Type() string { return "user.invited" }

// Link says where the object can be read.
func (e UserInvited) Link() Link { return e.Object.link() }
