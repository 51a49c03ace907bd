package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/issue"
)

// DismissIssue says that it is no issue.
var DismissIssue = api.Route{
	Name:    "care.dismiss_issue",
	Method:  http.MethodPost,
	Path:    "/v1/issues/{id}/dismiss",
	Summary: "Dismiss an issue",
	About:   "Only what is open or in progress. Raises `issue.updated`.",
	Allow:   access.ManageCare,
	Faults:  []string{"issue.not_found", "issue.stale", "issue.open", "issue.in_progress", "issue.resolved", "issue.closed", "issue.dismissed", "table.busy"},
	Handle:  rest.JSON(dismissIssue),
}

type dismissIssueInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func dismissIssue(ctx context.Context, c *api.Call, in dismissIssueInput) (issueView, error) {
	version, err := in.Version()
	if err != nil {
		return issueView{}, err
	}
	x, err := c.Issues.Move(ctx, c.Actor, in.ID, issue.Dismissed, version, c.Now)
	return issueViewOf(x), err
}
