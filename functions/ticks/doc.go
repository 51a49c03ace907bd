// Package ticks has what schedules wake. A tick is idempotent and catches up
// after an outage.
package ticks

import "motorpool/shared/api"

// Ticks lists this folder, sorted by name.
var Ticks = []api.Tick{
	DisableFailing,
	DocumentExpiry,
	HushDevices,
	InsuranceExpiry,
	PrintInspections,
	Remind,
	SweepAttachments,
}
