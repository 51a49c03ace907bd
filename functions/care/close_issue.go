package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/issue"
)

// CloseIssue says that nothing remains to be done.
var CloseIssue = api.Route{
	Name:    "care.close_issue",
	Method:  http.MethodPost,
	Path:    "/v1/issues/{id}/close",
	Summary: "Close an issue",
	About:   "Only what is resolved. Raises `issue.closed`.",
	Allow:   access.ManageCare,
	Faults:  []string{"issue.not_found", "issue.stale", "issue.open", "issue.in_progress", "issue.resolved", "issue.closed", "issue.dismissed", "table.busy"},
	Handle:  rest.JSON(closeIssue),
}

type closeIssueInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func closeIssue(ctx context.Context, c *api.Call, in closeIssueInput) (issueView, error) {
	version, err := in.Version()
	if err != nil {
		return issueView{}, err
	}
	x, err := c.Issues.Move(ctx, c.Actor, in.ID, issue.Closed, version, c.Now)
	return issueViewOf(x), err
}
