package expenses

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/expense"
)

// AssetSpend records what was spent on an asset.
var AssetSpend = api.Route{
	Name:    "console.asset_spend",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/costs",
	Summary: "Record an expense",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetSpend),
}

func assetSpend(ctx context.Context, c *api.Call, in spentFields) (api.Answer, error) {
	var e *expense.Expense
	d, err := in.details()
	if err == nil {
		e, err = c.Expenses.Record(ctx, c.Actor, in.ID, d, c.Now)
	}
	if !page.Mine(err) {
		if err != nil {
			return api.Answer{}, err
		}
		if in.Issue+in.Maintenance+in.Reminder+in.Claim != "" { // it leads back there
			return page.Done(record.ExpensePath(e.ID), "expense-recorded")
		}
		return page.Done(record.AssetPath(in.ID)+"/costs", "expense-recorded")
	}
	v, failed := costsOf(ctx, c, assetCostsInput{ID: in.ID}, in)
	if failed != nil {
		return api.Answer{}, failed
	}
	v.Wrong = page.Wrong(err, v.Fields)
	return page.Again(assetCostsTemplate, v)
}
