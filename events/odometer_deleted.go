package events

// OdometerDeleted says that a reading was taken away. The object is as it last was.
type OdometerDeleted struct {
	Object OdometerReading `json:"object"`
}

// Type is "odometer.deleted".
func (OdometerDeleted) Type() string { return "odometer.deleted" }

// Link says where the object can be read.
func (e OdometerDeleted) Link() Link { return e.Object.link() }
