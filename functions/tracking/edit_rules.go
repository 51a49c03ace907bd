package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/tracking"
)

// EditRules says which trips the workspace believes.
var EditRules = api.Route{
	Name:    "tracking.edit_rules",
	Method:  http.MethodPut,
	Path:    "/v1/tracking/rules",
	Summary: "Change the tracking rules",
	About:   "From now on. Trips that have come already stay as they were judged.",
	Allow:   access.ManageSettings,
	Faults:  []string{"tracking.metres_per_30_minutes"},
	Handle:  rest.JSON(editRules),
}

type editRulesInput struct {
	Body tracking.Rules
}

func editRules(ctx context.Context, c *api.Call, in editRulesInput) (tracking.Rules, error) {
	return c.Tracking.Believe(ctx, c.Actor, in.Body, c.Now)
}
