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
)

// InsuranceClaimList lists the claims, of the fleet or of one vehicle.
var InsuranceClaimList = api.Route{
	Name:    "console.insurance_claim_list",
	Method:  http.MethodGet,
	Path:    "/insurance-claims",
	Summary: "Insurance claims",
	Allow:   access.ViewExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceClaimList),
}

type insuranceClaimListInput struct {
	Asset  string `query:"asset"`
	Q      string `query:"q"`
	State  string `query:"state"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type insuranceClaimListView struct {
	chore.List
	Rows []claimRow
}

var insuranceClaimListPage = look.Page(files, "insurance_claim_list")

func insuranceClaimList(ctx context.Context, c *api.Call, in insuranceClaimListInput) (api.Answer, error) {
	fr := look.Frame{Title: "Insurance claims", Section: "insurance", Toast: page.News(in.Did)}
	if in.Asset == "" {
		fr.Crumbs = []look.Link{toPolicies}
	}
	list, err := chore.ListOf(ctx, c, fr, in.Asset, "insurance")
	if err != nil {
		return api.Answer{}, err
	}
	v := insuranceClaimListView{List: list}
	batch, next, err := c.Insurance.Claims(ctx, c.Actor, insurance.Filter{Asset: in.Asset, Q: page.Trim(in.Q), Stage: insurance.Stage(in.State)}, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	if v.Rows, err = claimRows(ctx, c, batch); err != nil {
		return api.Answer{}, err
	}
	v.Filters = []look.Field{
		{Name: "q", Label: "Search", Value: in.Q, Type: "search", Placeholder: "The insurer's number", Search: true},
		{Name: "state", Label: "State", Type: "select", Options: look.Choose(in.State, append([]look.Option{{Text: "All"}}, chore.Named(insurance.Stages)...)...)},
	}
	v.Action, v.Filtered = record.ClaimsPath, in.Q+in.State != ""
	v.Finish("claim", len(batch), in.Cursor, next, "asset", in.Asset, "q", in.Q, "state", in.State)
	v.Acts = record.Exporting(v.Frame, "insurance-claims", "asset", in.Asset, "q", page.Trim(in.Q), "state", in.State)
	v.Empty = look.Empty{Icon: "umbrella", Title: "No claims", Text: "Open one when something happened that a policy pays for."}
	if v.May(access.EditExpenses) {
		add := page.With("/insurance-claims/new", "asset", in.Asset)
		v.Acts = append(v.Acts, look.Act{Text: "Open a claim", Icon: "plus", To: add, Tone: "main"})
		v.Empty.Links = []look.Link{{Text: "Open a claim", To: add}}
	}
	if v.Filtered {
		v.Empty = look.Empty{Icon: "search", Title: "Nothing matches", Text: "No claim is like that.", Links: []look.Link{{Text: "Clear the filters", To: v.Clear}}}
	}
	return page.Show(insuranceClaimListPage, v)
}
