package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// AssetSpend records what was spent on an asset.
var AssetSpend = api.Route{
	Name:    "console.asset_spend",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/costs",
	Summary: "Record an expense",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page(assetSpend),
}

func assetSpend(ctx context.Context, c *api.Call, in spentFields) (api.Answer, error) {
	d, err := in.details()
	if err == nil {
		_, err = c.Expenses.Record(ctx, c.Actor, in.ID, d, c.Now)
	}
	if !mine(err) {
		if err != nil {
			return api.Answer{}, err
		}
		return done(assetPath(in.ID)+"/costs", "expense-recorded")
	}
	v, failed := costsOf(ctx, c, assetCostsInput{ID: in.ID}, in)
	if failed != nil {
		return api.Answer{}, failed
	}
	v.Wrong = wrong(err, v.Fields)
	return again(assetCostsTemplate, v)
}
