package console

import (
	"context"
	"net/http"

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
	Handle:  page(issueSave),
}

func issueSave(ctx context.Context, c *api.Call, in issueFields) (api.Answer, error) {
	i, err := c.Issues.Issue(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	_, err = c.Issues.Edit(ctx, c.Actor, in.ID, func(d *issue.Details) error { return in.describe(ctx, c, i.Asset, d) }, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return back(issuePath(in.ID)+"/edit", err)
	case mine(err):
		return editIssueForm(ctx, c, i, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return done(issuePath(in.ID), "issue-saved")
}
