// Package workers has what queues and the table's stream wake. Each is handed
// its work again until it returns nil, and so does nothing twice.
package workers

import "motorpool/shared/api"

// Streams and Consumers list this folder, sorted by name.
var (
	Streams   = []api.Stream{PublishEvents}
	Consumers = []api.Consumer{Deliver, RunJob, SendLetter}
)
