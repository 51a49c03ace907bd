package expenses

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// AssetCosts shows what an asset costs, and takes what was spent on it.
var AssetCosts = api.Route{
	Name:    "console.asset_costs",
	Method:  http.MethodGet,
	Path:    "/assets/{id}/costs",
	Summary: "An asset's costs",
	Allow:   access.ViewExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetCosts),
}

type assetCostsInput struct {
	ID     string `path:"id"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`

	Issue       string `query:"issue"` // what an expense is to be recorded on
	Maintenance string `query:"maintenance"`
	Reminder    string `query:"reminder"`
	Claim       string `query:"claim"`
}

type assetCostsView struct {
	look.Frame
	Tabs    []look.Tab
	Acts    []look.Act
	Sums    []look.Pair
	Months  []costRow
	Rows    []spentRow
	Pager   look.Pager
	Empty   look.Empty
	MayAdd  bool
	Action  string
	Wrong   *look.Notice
	Fields  []look.Field
	Belongs []named
	Hidden  []look.Option
}

type costRow struct{ Month, Spent, Holding string }

type spentRow struct {
	Date, Item, To, Vendor, Amount, Tax, Void, Why string
}

var assetCostsTemplate = look.Page(files, "asset_costs")

func assetCosts(ctx context.Context, c *api.Call, in assetCostsInput) (api.Answer, error) {
	v, err := costsOf(ctx, c, in, spentFields{Issue: in.Issue, Maintenance: in.Maintenance, Reminder: in.Reminder, Claim: in.Claim})
	if err != nil {
		return api.Answer{}, err
	}
	return page.Show(assetCostsTemplate, v)
}
