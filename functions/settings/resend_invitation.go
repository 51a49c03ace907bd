package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ResendInvitation sends an invitation again, with a new link.
var ResendInvitation = api.Route{
	Name:    "settings.resend_invitation",
	Method:  http.MethodPost,
	Path:    "/v1/users/{id}/resend-invitation",
	Summary: "Send an invitation again",
	About:   "With a new link, for another 7 days; the one before works no more. Once a minute at the most.",
	Allow:   access.ManageUsers,
	Faults:  []string{"user.not_found", "user.outranked", "user.active", "user.disabled", "user.resent"},
	Handle:  rest.JSON(resendInvitation),
}

type resendInvitationInput struct {
	ID string `path:"id"`
}

func resendInvitation(ctx context.Context, c *api.Call, in resendInvitationInput) (userView, error) {
	m, err := c.Members.Resend(ctx, c.Actor, in.ID, c.Now)
	return viewUser(m), err
}
