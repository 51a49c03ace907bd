package events

// InspectionDamageFound says that an inspection found damage that the one before
// did not.
type InspectionDamageFound struct {
	Object  Inspection         `json:"object"`
	Damages []InspectionDamage `json:"damages" nullable:"false" doc:"Those that are new"`
}

// Type is "inspection.damage_found".
func (InspectionDamageFound) Type() string { return "inspection.damage_found" }

// Link says where the object can be read.
func (e InspectionDamageFound) Link() Link { return e.Object.link() }
