package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// InvitationAccept makes an invited person a user and signs them in.
var InvitationAccept = api.Route{
	Name:    "console.invitation_accept",
	Method:  http.MethodPost,
	Path:    "/invitation/{token}",
	Summary: "Accept an invitation",
	Door:    api.OpenDoor,
	Attempt: true,
	Handle:  page.Handler(invitationAccept),
}

func invitationAccept(ctx context.Context, c *api.Call, in tokenInput) (api.Answer, error) {
	step, err := c.Sessions.Accept(ctx, in.Token, in.Password, browser(c), c.Now)
	if fault.CodeOf(err) == "auth.link" {
		return spentLink("It has been used already, replaced by a newer one, or it is older than 7 days. Ask whoever invited you.")
	}
	if err != nil {
		v, failed := in.invitationDoor(ctx, c)
		if failed != nil {
			return api.Answer{}, failed
		}
		return barred(v, err)
	}
	return welcome(ctx, c, step)
}
