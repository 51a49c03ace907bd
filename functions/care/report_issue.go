package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/issue"
)

// ReportIssue says that something is wrong with an asset.
var ReportIssue = api.Route{
	Name:    "care.report_issue",
	Method:  http.MethodPost,
	Path:    "/v1/issues",
	Summary: "Report an issue",
	About:   "It gets a number that people can say. An issue whose severity is `safety` has `offers`: what you may want to do next, and need not. Raises `issue.created`.",
	Allow:   access.ManageCare,
	Status:  http.StatusCreated,
	Faults:  []string{"issue.asset", "asset.archived", "issue.title", "issue.description", "issue.type", "issue.severity", "issue.reported_by", "issue.reported_at", "issue.odometer", "issue.photos", "issue.assignee", "issue.booking", "issue.estimated_cost", "issue.actual_cost", "issue.vendor", "issue.claim", "table.busy"},
	Handle:  rest.JSON(reportIssue),
}

type reportIssueInput struct {
	Body reportIssueBody
}

type reportIssueBody struct {
	Asset string `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	issue.Details
}

func reportIssue(ctx context.Context, c *api.Call, in reportIssueInput) (issueView, error) {
	x, err := c.Issues.Report(ctx, c.Actor, in.Body.Asset, in.Body.Details, c.Now)
	return issueViewOf(x), err
}
