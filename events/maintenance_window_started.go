package events

// MaintenanceWindowStarted says that the work on an asset began.
type MaintenanceWindowStarted struct {
	Object   MaintenanceWindow `json:"object"`
	Previous Previous          `json:"previous"`
}

// Type is "maintenance_window.started".
func (MaintenanceWindowStarted) Type() string { return "maintenance_window.started" }

// Link says where the object can be read.
func (e MaintenanceWindowStarted) Link() Link { return e.Object.link() }
