package events

// MaintenanceWindowCancelled says that an asset will not be in maintenance after all.
type MaintenanceWindowCancelled struct {
	Object   MaintenanceWindow `json:"object"`
	Previous Previous          `json:"previous"`
}

// Type is "maintenance_window.cancelled".
func (MaintenanceWindowCancelled) Type() string { return "maintenance_window.cancelled" }

// Link says where the object can be read.
func (e MaintenanceWindowCancelled) Link() Link { return e.Object.link() }
