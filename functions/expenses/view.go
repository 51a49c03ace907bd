package expenses

import (
	"motorpool/events"
	"motorpool/shared/expense"
	"motorpool/shared/fault"
	"motorpool/shared/money"
	"motorpool/shared/span"
)

// expenseView is an expense as answers show it: the object of its events, and
// what was noted.
type expenseView struct {
	events.Expense
	Notes string `json:"notes,omitempty"`
}

// ETagVersion makes the ETag.
func (v expenseView) ETagVersion() int64 { return v.Version }

func viewOf(e *expense.Expense) expenseView {
	if e == nil {
		return expenseView{}
	}
	return expenseView{e.Object(), e.Notes}
}

// filter reads what a list or sum is asked for.
func filter(asset, from, to, item, vendor string) (f expense.Filter, err error) {
	f = expense.Filter{Asset: asset, Item: item, Vendor: vendor}
	if f.From, err = day("from", from); err != nil {
		return f, err
	}
	f.To, err = day("to", to)
	return f, err
}

func day(field, s string) (d span.Date, err error) {
	if s == "" {
		return d, nil
	}
	if d, err = span.ParseDate(s); err != nil {
		return d, fault.New(fault.Invalid, "expense."+field, "Give a day: 2026-11-30.").At(field)
	}
	return d, nil
}

// costsView is what an asset cost.
type costsView struct {
	HeldFrom    string        `json:"held_from" format:"date" example:"2025-11-14"`
	HeldTo      string        `json:"held_to,omitempty" format:"date"`
	Acquisition *money.Amount `json:"acquisition,omitempty" doc:"What it was bought for"`
	Monthly     *money.Amount `json:"monthly_holding,omitempty" doc:"What holding it costs a month"`
	SoldFor     *money.Amount `json:"sold_for,omitempty"`
	SaleCosts   *money.Amount `json:"sale_costs,omitempty"`
	Holding     *money.Amount `json:"holding,omitempty" doc:"The months' holding costs together"`
	Total       []expense.Sum `json:"total" nullable:"false" doc:"What was spent, one of each currency"`
	ByItem      []expense.Sum `json:"by_item" nullable:"false"`
	Months      []monthView   `json:"months" nullable:"false"`
}

type monthView struct {
	Month   string        `json:"month" example:"2026-11"`
	Spent   []expense.Sum `json:"spent" nullable:"false"`
	Holding *money.Amount `json:"holding,omitempty"`
}

func costsOf(c expense.Costs) costsView {
	v := costsView{
		HeldFrom: c.From.String(), HeldTo: c.To.String(), Acquisition: given(c.Price), Monthly: given(c.Monthly),
		SoldFor: given(c.SoldFor), SaleCosts: given(c.SaleCosts), Holding: c.Held, Total: c.Total, ByItem: c.ByItem, Months: []monthView{},
	}
	for _, m := range c.Months {
		v.Months = append(v.Months, monthView(m))
	}
	return v
}

func given(m money.Amount) *money.Amount {
	if m.IsZero() {
		return nil
	}
	return &m
}
