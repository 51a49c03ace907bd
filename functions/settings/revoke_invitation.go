package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// RevokeInvitation takes an invitation back.
var RevokeInvitation = api.Route{
	Name:    "settings.revoke_invitation",
	Method:  http.MethodDelete,
	Path:    "/v1/users/{id}",
	Summary: "Revoke an invitation",
	About:   "Its link works no more. A user who has accepted is not deleted but disabled.",
	Allow:   access.ManageUsers,
	Status:  http.StatusNoContent,
	Faults:  []string{"user.not_found", "user.outranked", "user.active", "user.disabled"},
	Handle:  rest.JSON(revokeInvitation),
}

type revokeInvitationInput struct {
	ID string `path:"id"`
}

func revokeInvitation(ctx context.Context, c *api.Call, in revokeInvitationInput) (api.None, error) {
	return api.None{}, c.Members.Revoke(ctx, c.Actor, in.ID, c.Now)
}
