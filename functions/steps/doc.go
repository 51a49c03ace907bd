// Package steps has what state machines call, and on a machine the timeline.
package steps

import "motorpool/shared/api"

// Steps lists this folder, sorted by name.
var Steps = []api.Step{Abandon, Redeliver}
