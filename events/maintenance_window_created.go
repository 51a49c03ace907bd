package events

// MaintenanceWindowCreated says that an asset is to be in maintenance, and not free, for some time.
type MaintenanceWindowCreated struct {
	Object MaintenanceWindow `json:"object"`
}

// Type is "maintenance_window.created".
func (MaintenanceWindowCreated) Type() string { return "maintenance_window.created" }

// Link says where the object can be read.
func (e MaintenanceWindowCreated) Link() Link { return e.Object.link() }
