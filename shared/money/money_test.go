package money

import (
	"math"
	"testing"

	"motorpool/shared/fault"
)

func TestAmountsAreOfThisWorld(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a    Amount
		code string
	}{
		{Amount{4599000, "AUD"}, ""},
		{Amount{-1, "JPY"}, ""},
		{Amount{0, "EUR"}, ""},
		{Amount{MaxMinor, "USD"}, ""},
		{Amount{}, "money.currency"},
		{Amount{1, "aud"}, "money.currency"},
		{Amount{1, "XYZ"}, "money.currency"},
		{Amount{1, "AU"}, "money.currency"},
		{Amount{MaxMinor + 1, "USD"}, "money.amount"},
		{Amount{math.MinInt64, "USD"}, "money.amount"},
	} {
		got := ""
		if err := tt.a.Check(); err != nil {
			got = fault.CodeOf(err)
		}
		if got != tt.code {
			t.Errorf("%v: got %q, want %q", tt.a, got, tt.code)
		}
	}
}

func TestAmountsAreWrittenWithTheirDecimals(t *testing.T) {
	t.Parallel()
	for want, a := range map[string]Amount{
		"AUD 45990.00":  {4599000, "AUD"},
		"AUD 0.05":      {5, "AUD"},
		"AUD -0.05":     {-5, "AUD"},
		"JPY 1200":      {1200, "JPY"},
		"KWD 1.234":     {1234, "KWD"},
		"?? 7":          {7, "??"},
		"JPY -3":        {-3, "JPY"},
		"AUD -12.30":    {-1230, "AUD"},
		"KWD -0.001":    {-1, "KWD"},
		"AUD 0.00":      {0, "AUD"},
		"EUR 100000.01": {10000001, "EUR"},
	} {
		if got := a.String(); got != want {
			t.Errorf("%#v: got %q, want %q", a, got, want)
		}
	}
}
