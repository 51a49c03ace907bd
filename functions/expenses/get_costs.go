package expenses

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetCosts shows what an asset cost, month by month.
var GetCosts = api.Route{
	Name:    "expenses.get_costs",
	Method:  http.MethodGet,
	Path:    "/v1/assets/{id}/costs",
	Summary: "Get what an asset cost",
	About:   "Month by month, the latest first; the last twelve unless you say otherwise. `holding` is the share of the asset's monthly holding cost of the days on which it was had, from its acquisition (or when it was added) to its disposal (or when it was archived), rounded to the cent.",
	Allow:   access.ViewExpenses,
	Faults:  []string{"asset.not_found", "expense.from", "expense.to", "expense.span"},
	Handle:  rest.JSON(getCosts),
}

type getCostsInput struct {
	ID   string `path:"id"`
	From string `query:"from" format:"date" doc:"The first day" example:"2026-01-01"`
	To   string `query:"to" format:"date" doc:"The last day" example:"2026-12-31"`
}

func getCosts(ctx context.Context, c *api.Call, in getCostsInput) (costsView, error) {
	f, err := filter(in.ID, in.From, in.To, "", "")
	if err != nil {
		return costsView{}, err
	}
	costs, err := c.Expenses.Costs(ctx, c.Actor, in.ID, f.From, f.To, c.Now)
	return costsOf(costs), err
}
