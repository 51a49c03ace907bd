package expense

import (
	"context"
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/money"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// entry is what a place in an asset's list says of an expense.
type entry struct {
	ID     string       `json:"id"`
	Item   string       `json:"item"`
	Amount money.Amount `json:"amount"`
	Tax    money.Amount `json:"tax,omitzero"`
	Voided bool         `json:"voided,omitempty"`
}

// Sum is what was spent in one currency.
type Sum struct {
	Currency string `json:"currency" doc:"ISO 4217" example:"AUD"`
	Item     string `json:"item,omitempty" doc:"Where sums are by item" example:"tyres"`
	Amount   int64  `json:"amount" doc:"In minor units, tax included" example:"44000"`
	Tax      int64  `json:"tax" doc:"The tax in it" example:"4000"`
	Count    int    `json:"count" doc:"How many expenses" example:"1"`
}

// Sums is what a filter's expenses come to; voided ones count for nothing.
type Sums struct {
	Total  []Sum // by currency
	ByItem []Sum // by item, then currency
}

// maxSummed is how many expenses are added up for one answer.
const maxSummed = 10_000

// Sum adds up the expenses that f wants, to the cent and currency by currency.
// It reads them all, so that it refuses a span with more than 10,000.
func (s *Service) Sum(ctx context.Context, actor access.Actor, f Filter) (Sums, error) {
	a := adder{}
	f.State = Recorded
	err := s.each(ctx, actor, f, func(e *Expense) error { return a.add(e.Item, e.Amount, e.Tax) })
	return a.sums(), err
}

// each calls take with every expense that f wants, the latest first.
func (s *Service) each(ctx context.Context, actor access.Actor, f Filter, take func(*Expense) error) error {
	for cursor, n := "", 0; ; {
		page, next, err := s.Expenses(ctx, actor, f, cursor, table.MaxPage)
		if err != nil {
			return err
		}
		if n += len(page); n > maxSummed {
			return fault.New(fault.Invalid, "expense.span", "There are more than %d expenses in this span. Ask for a shorter one.", maxSummed).At("from")
		}
		for _, e := range page {
			if err := take(e); err != nil {
				return err
			}
		}
		if cursor = next; next == "" {
			return nil
		}
	}
}

// adder adds amounts up, each currency for itself.
type adder map[[2]string]Sum

func (a adder) add(item string, amount, tax money.Amount) error {
	for _, at := range [][2]string{{"", amount.Currency}, {item, amount.Currency}} {
		s := a[at]
		s.Item, s.Currency = at[0], at[1]
		s.Amount, s.Tax, s.Count = s.Amount+amount.Minor, s.Tax+tax.Minor, s.Count+1
		if most := int64(money.MaxMinor * maxRoom); max(s.Amount, s.Tax) > most || min(s.Amount, s.Tax) < -most {
			return fault.New(fault.Invalid, "expense.span", "These expenses add up to more than we can write. Ask for a shorter span.").At("from")
		}
		a[at] = s
	}
	return nil
}

// maxRoom keeps sums of 10,000 of the largest amounts from running over.
const maxRoom = 9_000

func (a adder) sums() Sums {
	out := Sums{Total: []Sum{}, ByItem: []Sum{}}
	for at, s := range a {
		if at[0] == "" {
			out.Total = append(out.Total, s)
		} else {
			out.ByItem = append(out.ByItem, s)
		}
	}
	order := func(a, b Sum) int { return strings.Compare(a.Item+" "+a.Currency, b.Item+" "+b.Currency) }
	slices.SortFunc(out.Total, order)
	slices.SortFunc(out.ByItem, order)
	return out
}

// Month is what an asset cost in one month.
type Month struct {
	Month   string        // 2026-11
	Spent   []Sum         // by currency
	Holding *money.Amount // its share of the monthly holding cost, by days; nil if none is said
}

// Costs is what an asset cost in a span.
type Costs struct {
	Holding
	Sums
	Months []Month
	Held   *money.Amount // the months' holding costs together
}

const maxMonths = 120

// Costs says what an asset cost from a day to another: what was spent, and what
// holding it cost. A month in which it was held for some days has that share of
// the monthly cost, rounded half up to the cent.
func (s *Service) Costs(ctx context.Context, actor access.Actor, asset string, from, to span.Date, at time.Time) (Costs, error) {
	if err := s.Assets.Seen(ctx, actor, asset); err != nil {
		return Costs{}, err
	}
	h, err := s.Assets.Held(ctx, actor.Workspace, asset)
	if err != nil {
		return Costs{}, err
	}
	today, err := s.today(ctx, actor.Workspace, at)
	if err != nil {
		return Costs{}, err
	}
	if from, to, err = settled(from, to, today); err != nil {
		return Costs{}, err
	}
	months, all := map[string]adder{}, adder{}
	q := Filter{Asset: asset, From: from, To: to}.query(actor.Workspace)
	q.Limit = table.MaxPage
	for n := 0; ; {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return Costs{}, err
		}
		if n += len(page.Items); n > maxSummed {
			return Costs{}, fault.New(fault.Invalid, "expense.span", "There are more than %d expenses in this span. Ask for a shorter one.", maxSummed).At("from")
		}
		for _, it := range page.Items {
			if err := note(it, months, all); err != nil {
				return Costs{}, err
			}
		}
		if q.After = page.Next; page.Next == "" {
			break
		}
	}
	c := Costs{Holding: h, Sums: all.sums()}
	c.spread(from, to, months)
	return c, nil
}

// note adds what is at a place to its month and to all.
func note(it table.Item, months map[string]adder, all adder) error {
	var e entry
	if err := json.Unmarshal(it.Doc, &e); err != nil || e.Voided {
		return err
	}
	month := strings.TrimPrefix(it.Key.SK, pointerPrefix)[:len("2026-11")]
	if months[month] == nil {
		months[month] = adder{}
	}
	if err := months[month].add(e.Item, e.Amount, e.Tax); err != nil {
		return err
	}
	return all.add(e.Item, e.Amount, e.Tax)
}

// settled is the span: the last twelve months unless somebody says.
func settled(from, to, today span.Date) (span.Date, span.Date, error) {
	if to.IsZero() {
		to = today
	}
	if from.IsZero() {
		from = span.Date{Year: to.Year, Month: to.Month, Day: 1}.Plus(-1)
		for range 10 {
			from = span.Date{Year: from.Year, Month: from.Month, Day: 1}.Plus(-1)
		}
		from = span.Date{Year: from.Year, Month: from.Month, Day: 1}
	}
	if to.Before(from) || (to.Year-from.Year)*12+int(to.Month-from.Month) >= maxMonths {
		return from, to, fault.New(fault.Invalid, "expense.span", "Give a span of at most ten years that ends after it begins.").At("from")
	}
	return from, to, nil
}

// spread makes the months from a day to another, the latest first.
func (c *Costs) spread(from, to span.Date, months map[string]adder) {
	sum := money.Amount{Currency: c.Monthly.Currency}
	for first := (span.Date{Year: from.Year, Month: from.Month, Day: 1}); !to.Before(first); first = next(first) {
		m := Month{Month: first.String()[:len("2026-11")], Spent: months[first.String()[:len("2026-11")]].sums().Total}
		if !c.Monthly.IsZero() {
			share := c.share(first, from, to)
			m.Holding = &share
			sum.Minor += share.Minor
		}
		c.Months = append(c.Months, m)
	}
	slices.Reverse(c.Months)
	if !c.Monthly.IsZero() {
		c.Held = &sum
	}
}

// share is the holding cost of the days of a month that are in the span and on
// which the asset was had.
func (c *Costs) share(first, from, to span.Date) money.Amount {
	days := first.Until(next(first))
	begin, end := later(later(first, from), c.From), earlier(next(first).Plus(-1), to)
	if !c.To.IsZero() {
		end = earlier(end, c.To)
	}
	had := begin.Until(end) + 1
	if had <= 0 {
		return money.Amount{Currency: c.Monthly.Currency}
	}
	part := new(big.Rat).Mul(new(big.Rat).SetInt64(c.Monthly.Minor), big.NewRat(int64(had), int64(days)))
	return money.Amount{Minor: rounded(part), Currency: c.Monthly.Currency}
}

func next(first span.Date) span.Date {
	after := first.Plus(31)
	return span.Date{Year: after.Year, Month: after.Month, Day: 1}
}

func later(a, b span.Date) span.Date {
	if a.Before(b) {
		return b
	}
	return a
}

func earlier(a, b span.Date) span.Date {
	if b.Before(a) {
		return b
	}
	return a
}
