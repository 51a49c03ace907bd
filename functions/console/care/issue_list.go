package care

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(issueList),
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
	chore.List
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
	list, err := chore.ListOf(ctx, c, look.Frame{Title: "Issues", Section: "issues", Toast: page.News(in.Did)}, in.Asset, "issues")
	if err != nil {
		return api.Answer{}, err
	}
	v := issueListView{List: list}
	filter := issue.Filter{Asset: in.Asset, State: issue.State(in.State), Type: in.Type, Severity: in.Severity, Assignee: in.Assignee, Sort: in.Sort}
	batch, next, err := c.Issues.Issues(ctx, c.Actor, filter, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	titles, today := chore.TitlesOf(ctx, c), chore.DayOf(v.Frame, c.Now)
	for _, i := range batch {
		asset, err := titles(i.Asset)
		if err != nil {
			return api.Answer{}, err
		}
		v.Rows = append(v.Rows, issueRow{
			Number: i.Number, Title: i.Title, To: record.IssuePath(i.ID), Asset: asset, Type: page.TitleOf(i.Type), Severity: severityBadge(i.Severity),
			State: issueBadge(i.State), Due: page.DateText(i.Due), Late: i.Unsettled() && !i.Due.IsZero() && i.Due.String() < today, Reported: v.Ago(i.ReportedAt),
		})
	}
	people, err := chore.Assignable(ctx, c, "Anybody", in.Assignee)
	if err != nil {
		return api.Answer{}, err
	}
	all := func(text string, of []look.Option) []look.Option { return append([]look.Option{{Text: text}}, of...) }
	v.Filters = []look.Field{
		{Name: "state", Label: "State", Type: "select", Options: look.Choose(in.State, all("All states", chore.Named(issue.States))...)},
		{Name: "severity", Label: "Severity", Type: "select", Options: look.Choose(in.Severity, all("Any severity", chore.Named(issue.Severities))...)},
		{Name: "type", Label: "Type", Type: "select", Options: look.Choose(in.Type, all("All types", chore.Named(issue.Types))...)},
		{Name: "assignee", Label: "Assignee", Type: "select", Options: people},
		{Name: "sort", Label: "Order", Type: "select", Options: look.Choose(in.Sort, look.Option{Text: "Newest first"}, look.Option{Value: issue.ByDue, Text: "Due first"}, look.Option{Value: issue.BySeverity, Text: "Worst first"})},
	}
	v.Action, v.Filtered = "/issues", in.State+in.Type+in.Severity+in.Assignee+in.Sort != ""
	v.Finish("issue", len(batch), in.Cursor, next, "asset", in.Asset, "state", in.State, "type", in.Type, "severity", in.Severity, "assignee", in.Assignee, "sort", in.Sort)
	v.Empty = look.Empty{Icon: "alert", Title: "Nothing is wrong", Text: "Report what somebody finds: a scratch, a worn tyre, a fine. It gets a number and somebody to see to it."}
	v.Acts = record.Exporting(v.Frame, "issues", "asset", in.Asset, "state", in.State, "type", in.Type, "severity", in.Severity, "assignee", in.Assignee, "sort", in.Sort)
	v.Offer("Report an issue", page.With("/issues/new", "asset", in.Asset))
	return page.Show(issueListPage, v)
}
