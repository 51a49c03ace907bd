// Package webhooks is Settings → Webhooks as an API: endpoints, the catalogue of
// events, events themselves, the log of deliveries, and test URLs.
package webhooks

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	ChangeTestURL,
	CheckEndpoint,
	CreateEndpoint,
	CreateTestURL,
	DeleteEndpoint,
	EditEndpoint,
	Enable,
	GetDelivery,
	GetEndpoint,
	GetEvent,
	GetSecret,
	GetTestURL,
	ListDeliveries,
	ListEndpoints,
	ListEventTypes,
	ListEvents,
	ListTestRequests,
	ListTestURLs,
	Pause,
	PublishEvent,
	ReceiveTestRequest,
	Recover,
	Replay,
	ResendDelivery,
	Resume,
	RotateSecret,
	TestEndpoint,
}
