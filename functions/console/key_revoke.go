package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// KeyRevoke ends a key for good.
var KeyRevoke = api.Route{
	Name:    "console.key_revoke",
	Method:  http.MethodPost,
	Path:    "/settings/api-keys/{id}/revoke",
	Summary: "Revoke an API key",
	Allow:   access.ManageKeys,
	Door:    api.SessionDoor,
	Handle:  page(keyRevoke),
}

type keyRevokeInput struct {
	ID string `path:"id"`
}

func keyRevoke(ctx context.Context, c *api.Call, in keyRevokeInput) (api.Answer, error) {
	if _, err := c.Keys.Revoke(ctx, c.Actor, in.ID, c.Now); err != nil {
		return back(keysPath, err)
	}
	return done(keysPath, "key-revoked")
}
