package assets

import (
	"context"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/span"
)

// insuredView is what insures a vehicle today.
type insuredView struct {
	Rows []insuredRow
	Add  string // where a policy is added; empty: not by this reader
}

type insuredRow struct {
	look.Link
	Ends, Left string
}

// insuredBy is what insures a vehicle; nil for who may not see it.
func insuredBy(ctx context.Context, c *api.Call, f look.Frame, asset string, archived bool) (*insuredView, error) {
	if !f.May(access.ViewExpenses) {
		return nil, nil
	}
	today, err := c.Insurance.Today(ctx, c.Actor.Workspace, c.Now)
	if err != nil {
		return nil, err
	}
	list, err := c.Insurance.Covering(ctx, c.Actor, asset, today)
	if err != nil {
		return nil, err
	}
	v := &insuredView{}
	if f.May(access.EditExpenses) && !archived {
		v.Add = page.With("/insurance/new", "asset", asset)
	}
	for _, p := range list {
		end := p.End
		if p.CancelledOn != (span.Date{}) {
			end = p.CancelledOn
		}
		v.Rows = append(v.Rows, insuredRow{look.Link{Text: p.Line(), To: record.PolicyPath(p.ID)}, end.String(), record.UntilDay(today, end)})
	}
	return v, nil
}
