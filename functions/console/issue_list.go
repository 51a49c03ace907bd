package console

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/issue"
)

// IssueList lists what is wrong, in the fleet or with one vehicle.
var IssueList = api.Route{
	Name:    "console.issue_list",
	Method:  http.MethodGet,
	Path:    "/issues",
	Summary: "Issues",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page(issueList),
}

type issueListInput struct {
	Asset    string `query:"asset"`
	State    string `query:"state"`
	Type     string `query:"type"`
	Severity string `query:"severity"`
	Assignee string `query:"assignee"`
	Sort     string `query:"sort"`
	Cursor   string `query:"cursor"`
	Did      string `query:"did"`
}

type issueListView struct {
	careList
	Rows []issueRow
}

type issueRow struct {
	Number, Title, To string
	Asset             look.Link
	Type              string
	Severity, State   look.Badge
	Due               string
	Late              bool
	Reported          look.Moment
}

var issueListPage = look.Page(files, "issue_list")

func issueList(ctx context.Context, c *api.Call, in issueListInput) (api.Answer, error) {
	list, err := careListOf(ctx, c, look.Frame{Title: "Issues", Section: "issues", Toast: news(in.Did)}, in.Asset, "issues")
	if err != nil {
		return api.Answer{}, err
	}
	v := issueListView{careList: list}
	filter := issue.Filter{Asset: in.Asset, State: issue.State(in.State), Type: in.Type, Severity: in.Severity, Assignee: in.Assignee, Sort: in.Sort}
	page, next, err := c.Issues.Issues(ctx, c.Actor, filter, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	titles, today := titlesOf(ctx, c), dayOf(v.Frame, c.Now)
	for _, i := range page {
		asset, err := titles(i.Asset)
		if err != nil {
			return api.Answer{}, err
		}
		v.Rows = append(v.Rows, issueRow{
			Number: i.Number, Title: i.Title, To: issuePath(i.ID), Asset: asset, Type: titleOf(i.Type), Severity: severityBadge(i.Severity),
			State: issueBadge(i.State), Due: dateText(i.Due), Late: i.Unsettled() && !i.Due.IsZero() && i.Due.String() < today, Reported: v.Ago(i.ReportedAt),
		})
	}
	people, err := assignable(ctx, c, "Anybody", in.Assignee)
	if err != nil {
		return api.Answer{}, err
	}
	all := func(text string, of []look.Option) []look.Option { return append([]look.Option{{Text: text}}, of...) }
	v.Filters = []look.Field{
		{Name: "state", Label: "State", Type: "select", Options: look.Choose(in.State, all("All states", named(issue.States))...)},
		{Name: "severity", Label: "Severity", Type: "select", Options: look.Choose(in.Severity, all("Any severity", named(issue.Severities))...)},
		{Name: "type", Label: "Type", Type: "select", Options: look.Choose(in.Type, all("All types", named(issue.Types))...)},
		{Name: "assignee", Label: "Assignee", Type: "select", Options: people},
		{Name: "sort", Label: "Order", Type: "select", Options: look.Choose(in.Sort, look.Option{Text: "Newest first"}, look.Option{Value: issue.ByDue, Text: "Due first"}, look.Option{Value: issue.BySeverity, Text: "Worst first"})},
	}
	v.Action, v.Filtered = "/issues", in.State+in.Type+in.Severity+in.Assignee+in.Sort != ""
	v.finish("issue", len(page), in.Cursor, next, "asset", in.Asset, "state", in.State, "type", in.Type, "severity", in.Severity, "assignee", in.Assignee, "sort", in.Sort)
	v.Empty = look.Empty{Icon: "alert", Title: "Nothing is wrong", Text: "Report what somebody finds: a scratch, a worn tyre, a fine. It gets a number and somebody to see to it."}
	v.offer("Report an issue", with("/issues/new", "asset", in.Asset))
	return show(issueListPage, v)
}
