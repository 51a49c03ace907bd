package page

import (
	"testing"

	"motorpool/shared/money"
)

func TestMoneyIsWrittenWithThousands(t *testing.T) {
	t.Parallel()
	for want, a := range map[string]money.Amount{
		"":                  {},
		"AUD 0.00":          {Minor: 0, Currency: "AUD"},
		"AUD 0.05":          {Minor: 5, Currency: "AUD"},
		"AUD 999.99":        {Minor: 99999, Currency: "AUD"},
		"AUD 1,000.00":      {Minor: 100000, Currency: "AUD"},
		"AUD 28,760.00":     {Minor: 2876000, Currency: "AUD"},
		"AUD -123.45":       {Minor: -12345, Currency: "AUD"},
		"AUD -1,234,567.89": {Minor: -123456789, Currency: "AUD"},
		"JPY 1,200":         {Minor: 1200, Currency: "JPY"},
		"JPY -120":          {Minor: -120, Currency: "JPY"},
		"KWD 12,345.678":    {Minor: 12345678, Currency: "KWD"},
	} {
		got := Money(a)
		if got != want {
			t.Errorf("%v: got %q, want %q", a, got, want)
		}
		if back, err := money.Parse(got); want != "" && (err != nil || back != a) {
			t.Errorf("%q is read as %v, %v", got, back, err)
		}
	}
}

func TestASizeIsWrittenAsPeopleDo(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "1 kB", 1023: "1 kB", 5 << 10: "5 kB", 1<<20 - 1: "1023 kB", 90 << 20: "90 MB"} {
		if got := Size(n); got != want {
			t.Errorf("%d bytes: got %s, want %s", n, got, want)
		}
	}
}
