package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/issue"
)

// ReopenIssue says that it is not right after all.
var ReopenIssue = api.Route{
	Name:    "care.reopen_issue",
	Method:  http.MethodPost,
	Path:    "/v1/issues/{id}/reopen",
	Summary: "Reopen an issue",
	About:   "Only what is resolved. Raises `issue.reopened`.",
	Allow:   access.ManageCare,
	Faults:  []string{"issue.not_found", "issue.stale", "issue.open", "issue.in_progress", "issue.resolved", "issue.closed", "issue.dismissed", "table.busy"},
	Handle:  rest.JSON(reopenIssue),
}

type reopenIssueInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func reopenIssue(ctx context.Context, c *api.Call, in reopenIssueInput) (issueView, error) {
	version, err := in.Version()
	if err != nil {
		return issueView{}, err
	}
	x, err := c.Issues.Move(ctx, c.Actor, in.ID, issue.Open, version, c.Now)
	return issueViewOf(x), err
}
