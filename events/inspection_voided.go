package events

// InspectionVoided says that an inspection should not have been and does not count.
type InspectionVoided struct {
	Object   Inspection `json:"object"`
	Previous Previous   `json:"previous"`
}

// Type is "inspection.voided".
func (InspectionVoided) Type() string { return "inspection.voided" }

// Link says where the object can be read.
func (e InspectionVoided) Link() Link { return e.Object.link() }
