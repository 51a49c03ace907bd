package webhooks

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// EndpointResume sends what was held, and what happens from now on.
var EndpointResume = api.Route{
	Name:    "console.endpoint_resume",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/endpoints/{id}/resume",
	Summary: "Resume an endpoint",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointResume),
}

type endpointResumeInput struct {
	ID string `path:"id"`
}

func endpointResume(ctx context.Context, c *api.Call, in endpointResumeInput) (api.Answer, error) {
	if _, err := c.Webhooks.Resume(ctx, c.Actor, in.ID, c.Now); err != nil {
		return page.Back(record.EndpointPath(in.ID), err)
	}
	return page.Done(record.EndpointPath(in.ID), "endpoint-resumed")
}
