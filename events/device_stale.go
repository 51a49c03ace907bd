package events

// DeviceStale says that a fitted device has been silent for more than 24 hours. It is told once, until it is heard again.
type DeviceStale struct {
	Object   Device   `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "device.stale".
func (DeviceStale) Type() string { return "device.stale" }

// Link says where the object can be read.
func (e DeviceStale) Link() Link { return e.Object.link() }
