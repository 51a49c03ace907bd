package uploads

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/fault"
)

// Get says how far an upload is.
var Get = api.Route{
	Name:    "uploads.get",
	Method:  http.MethodGet,
	Path:    "/v1/uploads/{id}",
	Summary: "Get an upload",
	About:   "Says whether it is waiting, ready or refused, and why. What is in the file is shown by what it belongs to.",
	Allow:   access.Public,
	Faults:  []string{"attachment.not_found"},
	Handle:  rest.JSON(get),
}

func get(ctx context.Context, c *api.Call, in byID) (uploadView, error) {
	a, err := c.Attachments.Attachment(ctx, c.Actor.Workspace, in.ID)
	if err == nil && !a.SeenBy(c.Actor) {
		err = fault.New(fault.NotFound, "attachment.not_found", "There is no such attachment here.")
	}
	if err != nil {
		return uploadView{}, err
	}
	return viewOf(a), nil
}
