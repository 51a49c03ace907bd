package events

// MaintenanceWindowCompleted says that the work on an asset is done. What was
// left of its time is free.
type MaintenanceWindowCompleted struct {
	Object   MaintenanceWindow `json:"object"`
	Previous Previous          `json:"previous"`
}

// Type is "maintenance_window.completed".
func (MaintenanceWindowCompleted) Type() string { return "maintenance_window.completed" }

// Link says where the object can be read.
func (e MaintenanceWindowCompleted) Link() Link { return e.Object.link() }
