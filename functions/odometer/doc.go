// Package odometer answers for how far assets were driven: everything under
// /v1/assets/{id}/odometer. What may be done is decided in shared/odometer.
package odometer

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{DeleteReading, GetOdometer, GetUse, ListReadings, RecordReading, SupersedeReading}
