package app

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/expense"
	"motorpool/shared/letter"
	"motorpool/shared/member"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// Held is for expense.Assets. An asset of which nobody said when it was bought is
// had since it was added; one that was archived, until then or until it was sold.
func (a vehicles) Held(ctx context.Context, workspace, id string) (expense.Holding, error) {
	asset, err := a.Asset(ctx, workspace, id)
	if err != nil {
		return expense.Holding{}, err
	}
	h := expense.Holding{
		From: asset.Acquisition.Date, To: asset.Disposal.Date, Price: asset.Acquisition.Price,
		Monthly: asset.HoldingCost, SoldFor: asset.Disposal.Price, SaleCosts: asset.Disposal.Cost,
	}
	if h.From.IsZero() {
		h.From = span.DateOf(asset.Created)
	}
	if h.To.IsZero() && !asset.ArchivedAt.IsZero() {
		h.To = span.DateOf(asset.ArchivedAt)
	}
	return h, nil
}

// ends writes to those who look after insurance that a policy ends.
type ends struct {
	members *member.Service
	letters *letter.Service
}

// Notice is for insurance.Notices. It goes to users who may edit insurance and
// work everywhere, twenty at most.
func (e ends) Notice(ctx context.Context, workspace, title string, lines []string, page string, at time.Time) (ops []table.Op, err error) {
	may := map[string]bool{}
	for cursor := ""; ; {
		all, next, err := e.members.List(ctx, access.System(workspace), member.Filter{State: member.Active}, cursor, 100)
		if err != nil {
			return nil, err
		}
		for _, m := range all {
			if _, known := may[m.Role]; !known {
				role, err := e.members.Role(ctx, workspace, m.Role)
				if err != nil {
					return nil, err
				}
				may[m.Role] = access.Actor{Grants: role.Grants}.May(access.EditExpenses)
			}
			if !may[m.Role] || len(m.Locations) > 0 || len(ops) == maxManagers {
				continue
			}
			op, err := e.letters.Write(ctx, workspace, letter.Letter{
				Kind: letter.Notice, Email: m.Email, Name: m.Name, Asked: at, Title: title, Lines: lines, Page: page, Button: "Open the policy",
			})
			if err != nil {
				return nil, err
			}
			ops = append(ops, op)
		}
		if cursor = next; cursor == "" {
			return ops, nil
		}
	}
}
