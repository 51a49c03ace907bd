package money

import (
	"testing"

	"pgregory.net/rapid"
)

func TestWhatIsWrittenCanBeRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := Amount{rapid.Int64Range(-MaxMinor, MaxMinor).Draw(t, "minor"), rapid.SampledFrom([]string{"AUD", "JPY", "KWD", "EUR"}).Draw(t, "currency")}
		if got, err := Parse(a.String()); err != nil || got != a {
			t.Fatalf("Parse(%q): got %v, %v", a.String(), got, err)
		}
	})
}

func TestPeopleWriteAmountsTheirOwnWay(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"aud 45,990": "AUD 45990.00", " AUD  7.5 ": "AUD 7.50", "JPY 1200": "JPY 1200",
	} {
		if got, err := Parse(in); err != nil || got.String() != want {
			t.Errorf("Parse(%q): got %v, %v, want %s", in, got, err, want)
		}
	}
	for _, in := range []string{"", "AUD", "45990", "AUD 1.234", "JPY 1.5", "XXY 1", "AUD 1.-2", "AUD one", "AUD 9999999999999999999"} {
		if got, err := Parse(in); err == nil {
			t.Errorf("Parse(%q): got %v, want an error", in, got)
		}
	}
}
