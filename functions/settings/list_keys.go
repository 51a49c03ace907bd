package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListKeys shows the workspace's API keys, revoked ones too, never the keys themselves.
var ListKeys = api.Route{
	Name:    "settings.list_keys",
	Method:  http.MethodGet,
	Path:    "/v1/api-keys",
	Summary: "List API keys",
	About:   "Newest first, expired and revoked ones too. The keys themselves are not in it.",
	Allow:   access.ViewKeys,
	Handle:  rest.JSON(listKeys),
}

type listKeysInput struct{ api.Paging }

func listKeys(ctx context.Context, c *api.Call, in listKeysInput) (api.List[keyView], error) {
	keys, next, err := c.Keys.List(ctx, c.Actor.Workspace, in.Cursor, in.Limit)
	if err != nil {
		return api.List[keyView]{}, err
	}
	views := make([]keyView, len(keys))
	for i, k := range keys {
		views[i] = viewKey(k, c.Now)
	}
	return api.ListOf(views, next), nil
}
