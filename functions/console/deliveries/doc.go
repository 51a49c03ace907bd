// Package deliveries is the console's pages of what was sent to endpoints: the logs,
// and the test URLs that show what arrives.
package deliveries

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	DeliveryList,
	DeliveryPage,
	DeliveryPayload,
	DeliveryResend,
	InboxAnswer,
	InboxCreate,
	InboxList,
	InboxPage,
}
