package events

// LocationCreated says that there is a new location.
type LocationCreated struct {
	Object Location `json:"object"`
}

// Type is "location.created".
func (LocationCreated) Type() string { return "location.created" }

// Link says where the object can be read.
func (e LocationCreated) Link() Link { return e.Object.link() }
