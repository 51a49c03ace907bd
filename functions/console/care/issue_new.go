package care

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// IssueNew is the form that reports what is wrong with a vehicle.
var IssueNew = api.Route{
	Name:    "console.issue_new",
	Method:  http.MethodGet,
	Path:    "/issues/new",
	Summary: "The form that reports an issue",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(issueNew),
}

type issueNewInput struct {
	Asset string `query:"asset"`
	Q     string `query:"q"`
	record.Uploads
}

func issueNew(ctx context.Context, c *api.Call, in issueNewInput) (api.Answer, error) {
	fields := issueFields{Asset: in.Asset, Type: "damage", Severity: "medium", File: in.Ready(), refused: in.Refused}
	return newIssueForm(ctx, c, fields, in.Q, nil)
}
