package expense

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/money"
	"motorpool/shared/pattern"
	"motorpool/shared/span"
)

const (
	maxReceipts = 10
	maxOdometer = 10_000_000_000 // metres
	maxAhead    = 31             // days: an invoice may be dated a little ahead
	firstYear   = 1950
	rateDigits  = 4
)

var rateForm = pattern.New(`^(100(\.0{1,4})?|[0-9]{1,2}(\.[0-9]{1,4})?)$`)

func (d Details) checked(today span.Date) (Details, error) {
	c := &form.Complaints{Noun: "expense"}
	d.Receipts = slices.Clone(d.Receipts)
	if d.Item = strings.TrimSpace(d.Item); !codeForm(d.Item) {
		c.Add("item", "Give the code of an expense item: GET /v1/expense-items lists them.")
	}
	if d.Date.Year < firstYear || today.Plus(maxAhead).Before(d.Date) {
		c.Add("date", "Give the day it was spent, after %d and at most %d days from now.", firstYear, maxAhead)
	}
	c.Text("vendor", &d.Vendor, 100)
	d.checkMoney(c)
	if d.Odometer != nil {
		c.Between("odometer", *d.Odometer, 0, maxOdometer)
	}
	c.Text("reference", &d.Reference, 100)
	c.Text("notes", &d.Notes, 2000)
	d.checkReceipts(c)
	for _, to := range []struct{ field, prefix, id string }{
		{"issue", "iss", d.Issue}, {"maintenance", "mtw", d.Maintenance}, {"reminder", "rem", d.Reminder}, {"claim", "clm", d.Claim},
	} {
		if to.id != "" && !ident.Has(to.prefix, to.id) {
			c.Add(to.field, "There is no such %s. Give its id: %s_…", to.field, to.prefix)
		}
	}
	return d, c.Err()
}

func (d *Details) checkMoney(c *form.Complaints) {
	size := d.Amount
	size.Minor = max(size.Minor, -size.Minor)
	switch {
	case d.Amount.IsZero() || d.Amount.Minor == 0:
		c.Add("amount", "Give what was spent, tax included; a refund is negative.")
	default:
		c.Cost("amount", size)
	}
	d.TaxRate = strings.TrimSpace(d.TaxRate)
	if d.TaxRate != "" && !rateForm(d.TaxRate) {
		c.Add("tax_rate", "Give percent from 0 to 100 with at most %d decimals: 8.875.", rateDigits)
		return
	}
	d.TaxRate = shortest(d.TaxRate)
	if d.Tax.IsZero() && d.TaxRate != "" {
		d.Tax = within(d.Amount, d.TaxRate)
	}
	switch {
	case d.Tax.IsZero():
	case d.Tax.Currency != d.Amount.Currency:
		c.Add("tax", "Give the tax in the currency of the amount.")
	case d.Tax.Minor != 0 && (d.Tax.Minor > 0) != (d.Amount.Minor > 0), max(d.Tax.Minor, -d.Tax.Minor) > size.Minor:
		c.Add("tax", "The tax is a part of the amount: no larger, and of its sign.")
	}
}

func (d *Details) checkReceipts(c *form.Complaints) {
	if len(d.Receipts) > maxReceipts {
		c.Add("receipts", "Give at most %d receipts.", maxReceipts)
	}
	for n, id := range d.Receipts {
		switch {
		case !ident.Has("att", id):
			c.Add(fmt.Sprintf("receipts[%d]", n), "There is no such attachment. Give its id: att_…")
		case slices.Contains(d.Receipts[:n], id):
			c.Add(fmt.Sprintf("receipts[%d]", n), "This receipt is there already.")
		}
	}
}

// shortest writes a rate without zeros that say nothing.
func shortest(rate string) string {
	if whole, part, ok := strings.Cut(rate, "."); ok {
		if part = strings.TrimRight(part, "0"); part == "" {
			rate = whole
		} else {
			rate = whole + "." + part
		}
	}
	if len(rate) > 1 && rate[0] == '0' && rate[1] != '.' {
		return rate[1:]
	}
	return rate
}

// within is the tax at rate that is in amount: amount × rate ÷ (100 + rate),
// rounded half away from zero.
func within(amount money.Amount, rate string) money.Amount {
	r, ok := new(big.Rat).SetString(rate)
	if !ok {
		return money.Amount{}
	}
	part := new(big.Rat).Mul(new(big.Rat).SetInt64(amount.Minor), r)
	part.Quo(part, new(big.Rat).Add(big.NewRat(100, 1), r))
	return money.Amount{Minor: rounded(part), Currency: amount.Currency}
}

// rounded is the whole number nearest to r; half goes away from zero.
func rounded(r *big.Rat) int64 {
	twice := new(big.Int).Mul(r.Num(), big.NewInt(2))
	twice.Add(twice, new(big.Int).Mul(r.Denom(), big.NewInt(int64(r.Sign()))))
	return new(big.Int).Quo(twice, new(big.Int).Mul(r.Denom(), big.NewInt(2))).Int64()
}
