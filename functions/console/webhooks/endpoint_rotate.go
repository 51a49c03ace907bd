package webhooks

import (
	"context"
	"net/http"
	"time"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// EndpointRotate makes a new signing secret; the old one signs along for a while.
var EndpointRotate = api.Route{
	Name:    "console.endpoint_rotate",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/endpoints/{id}/rotate-secret",
	Summary: "Rotate the signing secret",
	Allow:   access.RevealSecrets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointRotate),
}

type endpointRotateInput struct {
	ID      string `path:"id"`
	Overlap int    `form:"overlap"` // hours
}

func endpointRotate(ctx context.Context, c *api.Call, in endpointRotateInput) (api.Answer, error) {
	e, keys, err := c.Webhooks.RotateSecret(ctx, c.Actor, in.ID, time.Duration(in.Overlap)*time.Hour, c.Now)
	if err != nil {
		return page.Back(record.EndpointPath(in.ID), err)
	}
	return showSecret(ctx, c, e, keys.Secrets, "There is a new signing secret")
}
