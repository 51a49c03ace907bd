package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetIssue shows one issue.
var GetIssue = api.Route{
	Name:    "care.get_issue",
	Method:  http.MethodGet,
	Path:    "/v1/issues/{id}",
	Summary: "Get an issue",
	About:   "Whatever its state.",
	Allow:   access.ViewAssets,
	Faults:  []string{"issue.not_found"},
	Handle:  rest.JSON(getIssue),
}

func getIssue(ctx context.Context, c *api.Call, in byID) (issueView, error) {
	x, err := c.Issues.Issue(ctx, c.Actor, in.ID)
	return issueViewOf(x), err
}
