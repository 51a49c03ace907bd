package events

// DeviceAssigned says that a tracking device was put into an asset.
type DeviceAssigned struct {
	Object   Device   `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "device.assigned".
func (DeviceAssigned) Type() string { return "device.assigned" }

// Link says where the object can be read.
func (e DeviceAssigned) Link() Link { return e.Object.link() }
