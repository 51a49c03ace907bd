package app

import (
	"context"
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/expense"
	"motorpool/shared/fault"
	"motorpool/shared/insurance"
	"motorpool/shared/span"
)

func (a *App) expenseList() listed[*expense.Expense] {
	return listed[*expense.Expense]{
		grant:   access.ViewExpenses,
		filters: slices.Concat(anything("asset", "from", "item"), oneOf("state", "recorded", "voided"), anything("to", "vendor")),
		columns: "date asset item vendor amount tax tax_rate odometer reference notes issue maintenance reminder claim state voided_at void_reason id created_at updated_at",
		page: func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]*expense.Expense, string, error) {
			want := expense.Filter{Asset: f["asset"], Item: f["item"], Vendor: f["vendor"], State: expense.State(f["state"])}
			var err error
			if want.From, err = f.day("from"); err == nil {
				want.To, err = f.day("to")
			}
			if err != nil {
				return nil, "", err
			}
			return a.Expenses.Expenses(ctx, actor, want, cursor, limit)
		},
		show: each(func(e *expense.Expense) any { return spent{e.Object(), e.Notes} }),
	}
}

// spent is an expense as its list shows it.
type spent struct {
	events.Expense
	Notes string `json:"notes,omitempty"`
}

// day reads a day; none is the zero day.
func (f filters) day(name string) (span.Date, error) {
	if f[name] == "" {
		return span.Date{}, nil
	}
	d, err := span.ParseDate(f[name])
	if err != nil {
		err = fault.New(fault.Invalid, "export.filter", "Give a day: 2026-11-30.").At("filters").Because(err)
	}
	return d, err
}

func (a *App) policyList(now func() time.Time) listed[*insurance.Policy] {
	return listed[*insurance.Policy]{
		grant:   access.ViewExpenses,
		filters: slices.Concat(anything("asset", "q"), oneOf("state", "scheduled", "active", "expired", "cancelled")),
		columns: "insurer number kind state whole_fleet assets start end premium frequency excess notes cancelled_on cancelled_at id created_at updated_at",
		page: func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]*insurance.Policy, string, error) {
			today, err := a.Insurance.Today(ctx, actor.Workspace, now())
			if err != nil {
				return nil, "", err
			}
			return a.Insurance.Policies(ctx, actor, insurance.Filter{Asset: f["asset"], Q: f["q"], State: insurance.State(f["state"]), Today: today}, cursor, limit)
		},
		show: func(ctx context.Context, actor access.Actor, page []*insurance.Policy) ([]any, error) {
			today, err := a.Insurance.Today(ctx, actor.Workspace, now())
			out := make([]any, len(page))
			for i, p := range page {
				out[i] = covered{p.Object(today), p.Notes}
			}
			return out, err
		},
	}
}

// covered is a policy as its list shows it.
type covered struct {
	events.InsurancePolicy
	Notes string `json:"notes,omitempty"`
}

func (a *App) claimList() listed[*insurance.Claim] {
	return listed[*insurance.Claim]{
		grant:   access.ViewExpenses,
		filters: slices.Concat(anything("asset", "policy", "q"), oneOf("state", "open", "lodged", "approved", "declined", "settled", "closed", "withdrawn")),
		columns: "policy asset number incident_on state claimed settled excess place description other_party issue booking lodged_at decided_at settled_at closed_at " +
			"id created_at updated_at",
		page: func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]*insurance.Claim, string, error) {
			return a.Insurance.Claims(ctx, actor, insurance.Filter{Asset: f["asset"], Policy: f["policy"], Q: f["q"], Stage: insurance.Stage(f["state"])}, cursor, limit)
		},
		show: each(func(c *insurance.Claim) any { return claimed{c.Object(), c.Place, c.Description, c.OtherParty} }),
	}
}

// claimed is a claim as its list shows it.
type claimed struct {
	events.InsuranceClaim
	Place       string `json:"place,omitempty"`
	Description string `json:"description,omitempty"`
	OtherParty  string `json:"other_party,omitempty"`
}
