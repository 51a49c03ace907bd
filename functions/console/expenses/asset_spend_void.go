package expenses

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// AssetSpendVoid takes an expense out of all sums.
var AssetSpendVoid = api.Route{
	Name:    "console.asset_spend_void",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/costs/{expense}/void",
	Summary: "Void an expense",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetSpendVoid),
}

type assetSpendVoidInput struct {
	ID      string `path:"id"`
	Expense string `path:"expense"`
	Reason  string `form:"reason"`
}

func assetSpendVoid(ctx context.Context, c *api.Call, in assetSpendVoidInput) (api.Answer, error) {
	if _, err := c.Expenses.Void(ctx, c.Actor, in.Expense, in.Reason, 0, c.Now); err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.AssetPath(in.ID)+"/costs", "expense-voided")
}
