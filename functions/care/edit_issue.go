package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/issue"
)

// EditIssue changes what is said of an issue.
var EditIssue = api.Route{
	Name:    "care.edit_issue",
	Method:  http.MethodPatch,
	Path:    "/v1/issues/{id}",
	Summary: "Edit an issue",
	About:   "The body is a JSON merge patch (RFC 7396). What is closed or dismissed stays as it is. Raises `issue.updated` if anything changed.",
	Allow:   access.ManageCare,
	Faults:  []string{"issue.not_found", "issue.stale", "issue.closed", "issue.dismissed", "issue.title", "issue.description", "issue.type", "issue.severity", "issue.reported_by", "issue.reported_at", "issue.odometer", "issue.photos", "issue.assignee", "issue.booking", "issue.estimated_cost", "issue.actual_cost", "issue.vendor", "issue.claim", "table.busy"},
	Handle:  rest.JSON(editIssue),
}

type editIssueInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[issue.Details]
}

func editIssue(ctx context.Context, c *api.Call, in editIssueInput) (issueView, error) {
	version, err := in.Version()
	if err != nil {
		return issueView{}, err
	}
	x, err := c.Issues.Edit(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	return issueViewOf(x), err
}
