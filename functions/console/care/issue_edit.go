package care

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// IssueEdit is the form that changes an issue.
var IssueEdit = api.Route{
	Name:    "console.issue_edit",
	Method:  http.MethodGet,
	Path:    "/issues/{id}/edit",
	Summary: "The form that changes an issue",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(issueEdit),
}

func issueEdit(ctx context.Context, c *api.Call, in chore.Input) (api.Answer, error) {
	i, err := c.Issues.Issue(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	fields, err := issueFieldsOf(ctx, c, i)
	if err != nil {
		return api.Answer{}, err
	}
	return editIssueForm(ctx, c, i, fields, nil)
}
