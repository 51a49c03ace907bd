package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/issue"
)

// ResolveIssue says that it is right again.
var ResolveIssue = api.Route{
	Name:    "care.resolve_issue",
	Method:  http.MethodPost,
	Path:    "/v1/issues/{id}/resolve",
	Summary: "Resolve an issue",
	About:   "Only what is in progress. Raises `issue.resolved`.",
	Allow:   access.ManageCare,
	Faults:  []string{"issue.not_found", "issue.stale", "issue.open", "issue.in_progress", "issue.resolved", "issue.closed", "issue.dismissed", "table.busy"},
	Handle:  rest.JSON(resolveIssue),
}

type resolveIssueInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func resolveIssue(ctx context.Context, c *api.Call, in resolveIssueInput) (issueView, error) {
	version, err := in.Version()
	if err != nil {
		return issueView{}, err
	}
	x, err := c.Issues.Move(ctx, c.Actor, in.ID, issue.Resolved, version, c.Now)
	return issueViewOf(x), err
}
