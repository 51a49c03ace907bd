package events

// OdometerSuperseded says that another reading stands in the place of a wrong one.
type OdometerSuperseded struct {
	Object   OdometerReading `json:"object"`
	Previous Previous        `json:"previous"`
}

// Type is "odometer.superseded".
func (OdometerSuperseded) Type() string { return "odometer.superseded" }

// Link says where the object can be read.
func (e OdometerSuperseded) Link() Link { return e.Object.link() }
