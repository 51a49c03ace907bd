package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetKey shows one API key, never the key itself.
var GetKey = api.Route{
	Name:    "settings.get_key",
	Method:  http.MethodGet,
	Path:    "/v1/api-keys/{id}",
	Summary: "Get an API key",
	Allow:   access.ViewKeys,
	Faults:  []string{"key.not_found"},
	Handle:  rest.JSON(getKey),
}

type getKeyInput struct {
	ID string `path:"id" doc:"The key's id" example:"key_01k9x3v7q2m8r4t6w0y5z1a3b5"`
}

func getKey(ctx context.Context, c *api.Call, in getKeyInput) (keyView, error) {
	k, err := c.Keys.Get(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return keyView{}, err
	}
	return viewKey(k, c.Now), nil
}
