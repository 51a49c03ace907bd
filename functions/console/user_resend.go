package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// UserResend sends an invitation again, with a new link.
var UserResend = api.Route{
	Name:    "console.user_resend",
	Method:  http.MethodPost,
	Path:    "/settings/users/{id}/resend",
	Summary: "Send an invitation again",
	Allow:   access.ManageUsers,
	Door:    api.SessionDoor,
	Handle:  page(userResend),
}

func userResend(ctx context.Context, c *api.Call, in userPageInput) (api.Answer, error) {
	if _, err := c.Members.Resend(ctx, c.Actor, in.ID, c.Now); err != nil {
		return back(userPath(in.ID), err)
	}
	return done(userPath(in.ID), "user-resent")
}
