package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/tracking"
)

// GetRules shows which trips the workspace believes.
var GetRules = api.Route{
	Name:    "tracking.get_rules",
	Method:  http.MethodGet,
	Path:    "/v1/tracking/rules",
	Summary: "Get the tracking rules",
	Allow:   access.ViewTracking,
	Handle:  rest.JSON(getRules),
}

func getRules(ctx context.Context, c *api.Call, _ api.None) (tracking.Rules, error) {
	r, _, err := c.Tracking.Rules(ctx, c.Actor.Workspace)
	return r, err
}
