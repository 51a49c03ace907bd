package money

import (
	"strings"
	"testing"

	"github.com/bojanz/currency"
)

func TestTheCurrenciesAreThoseOfISO(t *testing.T) {
	t.Parallel()
	listed := 0
	for _, list := range currencies {
		listed += len(strings.Fields(list))
	}
	if all := currency.GetCurrencyCodes(); listed != len(all) {
		t.Errorf("%d currencies are listed, there are %d", listed, len(all))
	}
	for _, code := range currency.GetCurrencyCodes() {
		want, _ := currency.GetDigits(code)
		if got, known := decimals(code); !known || got != int(want) {
			t.Errorf("%s: got %d decimals, known %v; want %d", code, got, known, want)
		}
	}
}

func TestWhatIsNoCurrencyIsNotKnown(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"", "AU", "UD ", " AU", "D B", "aud", "XYZ", "AUDX", "AED AFN", "ÄÖ"} {
		if n, known := decimals(code); known {
			t.Errorf("%q is known, with %d decimals", code, n)
		}
	}
}
