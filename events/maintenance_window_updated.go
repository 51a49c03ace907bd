package events

// MaintenanceWindowUpdated says that a maintenance window was described anew, or moved.
type MaintenanceWindowUpdated struct {
	Object   MaintenanceWindow `json:"object"`
	Previous Previous          `json:"previous"`
}

// Type is "maintenance_window.updated".
func (MaintenanceWindowUpdated) Type() string { return "maintenance_window.updated" }

// Link says where the object can be read.
func (e MaintenanceWindowUpdated) Link() Link { return e.Object.link() }
