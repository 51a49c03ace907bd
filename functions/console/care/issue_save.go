package care

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/issue"
)

// IssueSave changes an issue, unless somebody else has meanwhile.
var IssueSave = api.Route{
	Name:    "console.issue_save",
	Method:  http.MethodPost,
	Path:    "/issues/{id}",
	Summary: "Change an issue",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(issueSave),
}

func issueSave(ctx context.Context, c *api.Call, in issueFields) (api.Answer, error) {
	i, err := c.Issues.Issue(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	_, err = c.Issues.Edit(ctx, c.Actor, in.ID, func(d *issue.Details) error { return in.describe(ctx, c, i.Asset, d) }, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return page.Back(record.IssuePath(in.ID)+"/edit", err)
	case page.Mine(err):
		return editIssueForm(ctx, c, i, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(record.IssuePath(in.ID), "issue-saved")
}
