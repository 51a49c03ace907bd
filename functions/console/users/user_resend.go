package users

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(userResend),
}

func userResend(ctx context.Context, c *api.Call, in userPageInput) (api.Answer, error) {
	if _, err := c.Members.Resend(ctx, c.Actor, in.ID, c.Now); err != nil {
		return page.Back(record.UserPath(in.ID), err)
	}
	return page.Done(record.UserPath(in.ID), "user-resent")
}
