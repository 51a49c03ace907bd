// Package webhooks is the console's pages of webhook endpoints and the catalogue of
// events they can ask for.
package webhooks

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	EndpointCheck,
	EndpointCreate,
	EndpointDelete,
	EndpointEdit,
	EndpointEnable,
	EndpointList,
	EndpointNew,
	EndpointPage,
	EndpointPause,
	EndpointRecover,
	EndpointRecoverStart,
	EndpointReplay,
	EndpointReplayStart,
	EndpointResume,
	EndpointReveal,
	EndpointRotate,
	EndpointSave,
	EndpointSendExample,
	EventCatalogue,
	EventType,
}
