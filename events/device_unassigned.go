package events

// DeviceUnassigned says that a tracking device was taken out of an asset.
type DeviceUnassigned struct {
	Object   Device   `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "device.unassigned".
func (DeviceUnassigned) Type() string { return "device.unassigned" }

// Link says where the object can be read.
func (e DeviceUnassigned) Link() Link { return e.Object.link() }
