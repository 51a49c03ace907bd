package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/insurance"
	"motorpool/shared/span"
)

// InsuranceList lists the policies, of the fleet or of one vehicle.
var InsuranceList = api.Route{
	Name:    "console.insurance_list",
	Method:  http.MethodGet,
	Path:    "/insurance",
	Summary: "Insurance policies",
	Allow:   access.ViewExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceList),
}

type insuranceListInput struct {
	Asset  string `query:"asset"`
	Q      string `query:"q"`
	State  string `query:"state"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type insuranceListView struct {
	chore.List
	Rows []policyRow
}

type policyRow struct {
	Line, To, Kind, Covers, Ends, Left, Premium string
	State                                       look.Badge
}

var insuranceListPage = look.Page(files, "insurance_list")

func insuranceList(ctx context.Context, c *api.Call, in insuranceListInput) (api.Answer, error) {
	list, err := chore.ListOf(ctx, c, look.Frame{Title: "Insurance", Section: "insurance", Toast: page.News(in.Did)}, in.Asset, "insurance")
	if err != nil {
		return api.Answer{}, err
	}
	v := insuranceListView{List: list}
	today, err := c.Insurance.Today(ctx, c.Actor.Workspace, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	filter := insurance.Filter{Asset: in.Asset, Q: page.Trim(in.Q), State: insurance.State(in.State), Today: today}
	batch, next, err := c.Insurance.Policies(ctx, c.Actor, filter, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	v.Action, v.Filtered = record.InsurancePath, in.Q+in.State != ""
	if in.Asset != "" && in.Cursor == "" && !v.Filtered {
		covering, err := c.Insurance.Covering(ctx, c.Actor, in.Asset, today)
		if err != nil {
			return api.Answer{}, err
		}
		for _, p := range covering {
			if p.WholeFleet {
				batch = append(batch, p)
			}
		}
	}
	for _, p := range batch {
		v.Rows = append(v.Rows, policyRowOf(p, today))
	}
	v.Filters = []look.Field{
		{Name: "q", Label: "Search", Value: in.Q, Type: "search", Placeholder: "Insurer or number", Search: true},
		{Name: "state", Label: "State", Type: "select", Options: look.Choose(in.State, append([]look.Option{{Text: "All"}}, stateOptions()...)...)},
	}
	v.Finish("policy", len(batch), in.Cursor, next, "asset", in.Asset, "q", in.Q, "state", in.State)
	v.Pager.Shown = look.Count(len(batch), "policy", "policies")
	v.offer(in)
	return page.Show(insuranceListPage, v)
}

func policyRowOf(p *insurance.Policy, today span.Date) policyRow {
	return policyRow{
		Line: p.Line(), To: record.PolicyPath(p.ID), Kind: page.TitleOf(p.Kind), Covers: covers(p), State: policyBadge(p.State(today)),
		Ends: lastDay(p).String(), Left: record.UntilDay(today, lastDay(p)), Premium: page.Money(p.Premium),
	}
}

func stateOptions() (out []look.Option) {
	for _, s := range insurance.States {
		out = append(out, look.Option{Value: string(s), Text: policyBadge(s).Text})
	}
	return out
}

// offer fills in what this reader may do, and what an empty list says.
func (v *insuranceListView) offer(in insuranceListInput) {
	v.Acts = append(v.Acts, look.Act{Text: "Claims", Icon: "umbrella", To: page.With(record.ClaimsPath, "asset", in.Asset)})
	v.Acts = append(v.Acts, record.Exporting(v.Frame, "insurance-policies", "asset", in.Asset, "q", page.Trim(in.Q), "state", in.State)...)
	v.Empty = look.Empty{Icon: "umbrella", Title: "No policies yet", Text: "Add what your vehicles are insured by. You are told before it ends, and a claim finds the policy that covered the day."}
	if v.May(access.EditExpenses) {
		add := page.With("/insurance/new", "asset", in.Asset)
		v.Acts = append(v.Acts, look.Act{Text: "Add policy", Icon: "plus", To: add, Tone: "main"})
		v.Empty.Links = []look.Link{{Text: "Add policy", To: add}}
	}
	if v.Filtered {
		v.Empty = look.Empty{Icon: "search", Title: "Nothing matches", Text: "The search looks at how insurers and numbers begin.", Links: []look.Link{{Text: "Clear the filters", To: v.Clear}}}
	}
}
