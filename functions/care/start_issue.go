package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/issue"
)

// StartIssue says that somebody sees to it.
var StartIssue = api.Route{
	Name:    "care.start_issue",
	Method:  http.MethodPost,
	Path:    "/v1/issues/{id}/start",
	Summary: "Start an issue",
	About:   "Only what is open. Raises `issue.updated`.",
	Allow:   access.ManageCare,
	Faults:  []string{"issue.not_found", "issue.stale", "issue.open", "issue.in_progress", "issue.resolved", "issue.closed", "issue.dismissed", "table.busy"},
	Handle:  rest.JSON(startIssue),
}

type startIssueInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func startIssue(ctx context.Context, c *api.Call, in startIssueInput) (issueView, error) {
	version, err := in.Version()
	if err != nil {
		return issueView{}, err
	}
	x, err := c.Issues.Move(ctx, c.Actor, in.ID, issue.InProgress, version, c.Now)
	return issueViewOf(x), err
}
