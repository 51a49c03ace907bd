package settings

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(keyRevoke),
}

type keyRevokeInput struct {
	ID string `path:"id"`
}

func keyRevoke(ctx context.Context, c *api.Call, in keyRevokeInput) (api.Answer, error) {
	if _, err := c.Keys.Revoke(ctx, c.Actor, in.ID, c.Now); err != nil {
		return page.Back(record.KeysPath, err)
	}
	return page.Done(record.KeysPath, "key-revoked")
}
