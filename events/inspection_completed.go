package events

// InspectionCompleted says that an inspection is complete, and can no longer be changed.
type InspectionCompleted struct {
	Object Inspection `json:"object"`
}

// Type is "inspection.completed".
func (InspectionCompleted) Type() string { return "inspection.completed" }

// Link says where the object can be read.
func (e InspectionCompleted) Link() Link { return e.Object.link() }
