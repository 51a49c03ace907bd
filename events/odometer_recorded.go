package events

// OdometerRecorded says that somebody read an odometer.
type OdometerRecorded struct {
	Object OdometerReading `json:"object"`
}

// Type is "odometer.recorded".
func (OdometerRecorded) Type() string { return "odometer.recorded" }

// Link says where the object can be read.
func (e OdometerRecorded) Link() Link { return e.Object.link() }
