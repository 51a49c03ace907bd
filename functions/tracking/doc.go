// Package tracking answers for devices and journeys: everything under /v1/devices
// and /v1/tracking, and /v1/assets/{id}/journeys. What may be done is decided in
// shared/tracking.
package tracking

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	AssignDevice, CreateDevice, EditRules, GetDevice, GetRules, IngestReadings, ListAssetJourneys, ListDeviceHistory,
	ListDeviceJourneys, ListDevices, RepairDevice, ReportFault, RetireDevice, UnassignDevice,
}
