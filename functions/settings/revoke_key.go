package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// RevokeKey ends an API key at once and for good.
var RevokeKey = api.Route{
	Name:    "settings.revoke_key",
	Method:  http.MethodDelete,
	Path:    "/v1/api-keys/{id}",
	Summary: "Revoke an API key",
	About:   "The key stops working at once and for good; it stays in the list. Revoking it again changes nothing.",
	Allow:   access.ManageKeys,
	Status:  http.StatusNoContent,
	Faults:  []string{"key.not_found"},
	Handle:  rest.JSON(revokeKey),
}

type revokeKeyInput struct {
	ID string `path:"id" doc:"The key's id" example:"key_01k9x3v7q2m8r4t6w0y5z1a3b5"`
}

func revokeKey(ctx context.Context, c *api.Call, in revokeKeyInput) (api.None, error) {
	_, err := c.Keys.Revoke(ctx, c.Actor, in.ID, c.Now)
	return api.None{}, err
}
