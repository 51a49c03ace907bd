package webhooks

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// EndpointReplay counts what was missed since a time and asks whether to send it.
var EndpointReplay = api.Route{
	Name:    "console.endpoint_replay",
	Method:  http.MethodGet,
	Path:    "/settings/webhooks/endpoints/{id}/replay",
	Summary: "Count what was missed",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointReplay),
}

type endpointReplayInput struct {
	ID    string `path:"id"`
	Since string `query:"since"`
}

func endpointReplay(ctx context.Context, c *api.Call, in endpointReplayInput) (api.Answer, error) {
	return windowPage(ctx, c, window{
		ID: in.ID, Since: in.Since, Verb: "replay", Title: "Replay what was missed",
		Lead:  "Events that happened since then and were never delivered to this endpoint (because it was disabled, or did not exist yet) are sent to it, paced.",
		Count: c.Webhooks.Replay,
	})
}
