package events

// InspectionAcknowledged says that the customer agrees with an inspection.
type InspectionAcknowledged struct {
	Object   Inspection `json:"object"`
	Previous Previous   `json:"previous"`
}

// Type is "inspection.acknowledged".
func (InspectionAcknowledged) Type() string { return "inspection.acknowledged" }

// Link says where the object can be read.
func (e InspectionAcknowledged) Link() Link { return e.Object.link() }
