package events

// InspectionDisputed says that the customer does not agree with an inspection.
type InspectionDisputed struct {
	Object   Inspection `json:"object"`
	Previous Previous   `json:"previous"`
}

// Type is "inspection.disputed".
func (InspectionDisputed) Type() string { return "inspection.disputed" }

// Link says where the object can be read.
func (e InspectionDisputed) Link() Link { return e.Object.link() }
