package events

// LocationUpdated says that a location was described anew.
type LocationUpdated struct {
	Object   Location `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "location.updated".
func (LocationUpdated) Type() string { return "location.updated" }

// Link says where the object can be read.
func (e LocationUpdated) Link() Link { return e.Object.link() }
