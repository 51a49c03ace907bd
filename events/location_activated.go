package events

// LocationActivated says that a location is open again.
type LocationActivated struct {
	Object   Location `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "location.activated".
func (LocationActivated) Type() string { return "location.activated" }

// Link says where the object can be read.
func (e LocationActivated) Link() Link { return e.Object.link() }
