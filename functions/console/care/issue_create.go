package care

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/issue"
)

// IssueCreate reports what is wrong with a vehicle.
var IssueCreate = api.Route{
	Name:    "console.issue_create",
	Method:  http.MethodPost,
	Path:    "/issues",
	Summary: "Report an issue",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(issueCreate),
}

func issueCreate(ctx context.Context, c *api.Call, in issueFields) (api.Answer, error) {
	var d issue.Details
	if err := chore.Unchosen(ctx, c, in.Asset); page.Mine(err) {
		return newIssueForm(ctx, c, in, "", err)
	} else if err != nil {
		return api.Answer{}, err
	}
	if err := in.describe(ctx, c, in.Asset, &d); err != nil {
		return newIssueForm(ctx, c, in, "", err)
	}
	i, err := c.Issues.Report(ctx, c.Actor, in.Asset, d, c.Now)
	if page.Mine(err) {
		return newIssueForm(ctx, c, in, "", err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.IssuePath(i.ID), "issue-reported")
}
