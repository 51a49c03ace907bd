package care

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/issue"
)

// IssueMove moves an issue to another state.
var IssueMove = api.Route{
	Name:    "console.issue_move",
	Method:  http.MethodPost,
	Path:    "/issues/{id}/move",
	Summary: "Move an issue to another state",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(issueMove),
}

type issueMoveInput struct {
	ID string `path:"id"`
	To string `form:"to"`
}

func issueMove(ctx context.Context, c *api.Call, in issueMoveInput) (api.Answer, error) {
	if _, err := c.Issues.Move(ctx, c.Actor, in.ID, issue.State(in.To), 0, c.Now); err != nil {
		return page.Back(record.IssuePath(in.ID), err)
	}
	return page.Done(record.IssuePath(in.ID), "issue-"+in.To)
}
