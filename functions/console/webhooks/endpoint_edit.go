package webhooks

import (
	"context"
	"net/http"
	"strconv"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/webhook"
)

// EndpointEdit is the form that changes an endpoint.
var EndpointEdit = api.Route{
	Name:    "console.endpoint_edit",
	Method:  http.MethodGet,
	Path:    "/settings/webhooks/endpoints/{id}/edit",
	Summary: "The form that changes an endpoint",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointEdit),
}

type endpointEditInput struct {
	ID string `path:"id"`
}

func endpointEdit(ctx context.Context, c *api.Call, in endpointEditInput) (api.Answer, error) {
	e, err := c.Webhooks.Endpoint(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	fields := endpointFields{
		ID: e.ID, URL: e.URL, Description: e.Description, Events: e.Events, Asymmetric: e.Asymmetric, Version: e.Revision,
	}
	if e.RateLimit > 0 {
		fields.RateLimit = strconv.Itoa(e.RateLimit)
	}
	return editEndpointForm(ctx, c, e, fields, nil)
}

func editEndpointForm(ctx context.Context, c *api.Call, e *webhook.Endpoint, in endpointFields, because error) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Edit endpoint", Section: "webhooks",
		Crumbs: []look.Link{record.ToWebhooks, {Text: record.EndpointName(e), To: record.EndpointPath(e.ID)}},
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := in.form(f, because)
	v.Action, v.Cancel, v.Do = record.EndpointPath(e.ID), record.EndpointPath(e.ID), "Save changes"
	for _, name := range e.HeaderNames {
		v.Kept = append(v.Kept, look.Option{Value: name, Text: name, Chosen: in.removes(name)})
	}
	v.Open = v.Open || len(v.Kept) > 0
	if because != nil {
		return page.Again(endpointFormPage, v)
	}
	return page.Show(endpointFormPage, v)
}
