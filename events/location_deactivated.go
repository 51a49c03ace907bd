package events

// LocationDeactivated says that a location is closed until it is activated again.
type LocationDeactivated struct {
	Object   Location `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "location.deactivated".
func (LocationDeactivated) Type() string { return "location.deactivated" }

// Link says where the object can be read.
func (e LocationDeactivated) Link() Link { return e.Object.link() }
