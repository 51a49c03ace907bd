package webhooks

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// EndpointNew asks where events should go and which.
var EndpointNew = api.Route{
	Name:    "console.endpoint_new",
	Method:  http.MethodGet,
	Path:    "/settings/webhooks/new",
	Summary: "The form that adds an endpoint",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointNew),
}

type endpointNewInput struct {
	URL string `query:"url"`
}

func endpointNew(ctx context.Context, c *api.Call, in endpointNewInput) (api.Answer, error) {
	return newEndpointForm(ctx, c, endpointFields{URL: in.URL, Events: []string{"*"}}, nil)
}

// newEndpointForm is the form as filled in so far, with what is wrong in it.
func newEndpointForm(ctx context.Context, c *api.Call, in endpointFields, because error) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Add endpoint", Section: "webhooks", Crumbs: []look.Link{record.ToWebhooks}})
	if err != nil {
		return api.Answer{}, err
	}
	v := in.form(f, because)
	v.Action, v.Cancel, v.Do = "/settings/webhooks", "/settings/webhooks", "Add endpoint"
	if because != nil {
		return page.Again(endpointFormPage, v)
	}
	return page.Show(endpointFormPage, v)
}
