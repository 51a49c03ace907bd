package expense

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"motorpool/shared/money"
	"motorpool/shared/span"
)

func TestTaxIsPartOfTheAmountToTheCent(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		minor int64
		rate  string
		tax   int64
	}{
		{11000, "10", 1000},
		{100, "10", 9},  // 9.0909…
		{105, "10", 10}, // 9.545…
		{-105, "10", -10},
		{3, "100", 2}, // 1.5, away from zero
		{-3, "100", -2},
		{10888, "8.875", 888}, // 887.51…
		{money.MaxMinor, "100", 500_000_000_000_000},
		{1, "0", 0},
	} {
		if got := within(money.Amount{Minor: tt.minor, Currency: "AUD"}, tt.rate); got.Minor != tt.tax {
			t.Errorf("%s %% in %d: got %d, want %d", tt.rate, tt.minor, got.Minor, tt.tax)
		}
	}
}

// TestRoundingIsNeverFurtherThanHalf holds for every fraction.
func TestRoundingIsNeverFurtherThanHalf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := big.NewRat(rapid.Int64Range(-1e15, 1e15).Draw(t, "n"), rapid.Int64Range(1, 1e6).Draw(t, "d"))
		off := new(big.Rat).Sub(new(big.Rat).SetInt64(rounded(r)), r)
		if off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 {
			t.Fatalf("%s becomes %d", r, rounded(r))
		}
	})
}

// TestSumsDoNotDependOnTheOrder, and hold each currency for itself.
func TestSumsDoNotDependOnTheOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		type spent struct {
			item   string
			amount money.Amount
		}
		all := rapid.SliceOf(rapid.Custom(func(t *rapid.T) spent {
			return spent{rapid.SampledFrom([]string{"fuel", "tyres"}).Draw(t, "item"), money.Amount{
				Minor: rapid.Int64Range(-1e12, 1e12).Draw(t, "minor"), Currency: rapid.SampledFrom([]string{"AUD", "EUR"}).Draw(t, "currency"),
			}}
		})).Draw(t, "all")
		one, two, want := adder{}, adder{}, map[string]int64{}
		for i, s := range all {
			if one.add(s.item, s.amount, money.Amount{}) != nil || two.add(all[len(all)-1-i].item, all[len(all)-1-i].amount, money.Amount{}) != nil {
				t.Fatal("refused")
			}
			want[s.amount.Currency] += s.amount.Minor
		}
		for i, s := range one.sums().Total {
			if two.sums().Total[i] != s || s.Amount != want[s.Currency] {
				t.Fatalf("%+v, %+v, want %d", s, two.sums().Total[i], want[s.Currency])
			}
		}
	})
}

func TestRatesAreWrittenInOneWay(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"10": "10", "10.00": "10", "08.50": "8.5", "0.5": "0.5", "00": "0", "8.875": "8.875", "": ""} {
		if got := shortest(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

// TestMonthsShareTheHoldingCost: whole months cost the whole, whatever their
// length; parts of a month at most the whole.
func TestMonthsShareTheHoldingCost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := Costs{Holding: Holding{Monthly: money.Amount{Minor: rapid.Int64Range(0, 1e9).Draw(t, "monthly"), Currency: "AUD"}}}
		c.From = span.Date{Year: 2026, Month: 1, Day: 1}.Plus(rapid.IntRange(-40, 400).Draw(t, "from"))
		first := span.Date{Year: 2026, Month: 2, Day: 1}
		last := span.Date{Year: 2027, Month: 1, Day: 31}
		c.spread(first, last, map[string]adder{})
		if len(c.Months) != 12 {
			t.Fatalf("%d months", len(c.Months))
		}
		for _, m := range c.Months {
			begins, _ := span.ParseDate(m.Month + "-01")
			switch got := m.Holding.Minor; {
			case !begins.Before(c.From) && got != c.Monthly.Minor:
				t.Fatalf("%s costs %d of %d", m.Month, got, c.Monthly.Minor)
			case next(begins).Plus(-1).Before(c.From) && got != 0:
				t.Fatalf("%s costs %d and it was not had", m.Month, got)
			case got < 0 || got > c.Monthly.Minor:
				t.Fatalf("%s costs %d", m.Month, got)
			}
		}
	})
}
