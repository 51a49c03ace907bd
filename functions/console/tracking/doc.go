// Package tracking is the console's pages of devices, journeys and odometers.
package tracking

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	DeviceCreate,
	DeviceList,
	DeviceUnassign,
	JourneyList,
	OdometerPage,
	OdometerRecord,
}
