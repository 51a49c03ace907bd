package care

import (
	"context"
	"net/http"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/issue"
)

// ListIssues shows issues, a page at a time.
var ListIssues = api.Route{
	Name:    "care.list_issues",
	Method:  http.MethodGet,
	Path:    "/v1/issues",
	Summary: "List issues",
	About:   "Newest first. A page may be short when filters are narrow: go on while there is a `next_cursor`.",
	Allow:   access.ViewAssets,
	Faults:  []string{"asset.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listIssues),
}

type listIssuesInput struct {
	api.Paging
	Asset    string `query:"asset" doc:"Only of this asset"`
	State    string `query:"state" enum:"open,in_progress,resolved,closed,dismissed"`
	Type     string `query:"type" enum:"damage,mechanical,tyre,cleaning,accident,fine,missing_item,other"`
	Severity string `query:"severity" enum:"low,medium,high,safety"`
	Assignee string `query:"assignee"`
	Sort     string `query:"sort" enum:"due,severity" doc:"Only what is open or in progress, first due or worst first; otherwise all, newest first. Not together with asset"`
}

func listIssues(ctx context.Context, c *api.Call, in listIssuesInput) (api.List[events.Issue], error) {
	f := issue.Filter{Asset: in.Asset, State: issue.State(in.State), Type: in.Type, Severity: in.Severity, Assignee: in.Assignee, Sort: in.Sort}
	page, next, err := c.Issues.Issues(ctx, c.Actor, f, in.Cursor, in.Limit)
	return listOf(page, next, (*issue.Issue).Object), err
}
