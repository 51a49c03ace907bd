package events

// InspectionStarted says that somebody began to inspect an asset.
type InspectionStarted struct {
	Object Inspection `json:"object"`
}

// Type is "inspection.started".
func (InspectionStarted) Type() string { return "inspection.started" }

// Link says where the object can be read.
func (e InspectionStarted) Link() Link { return e.Object.link() }
