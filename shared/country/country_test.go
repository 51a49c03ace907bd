package country

import (
	"slices"
	"strings"
	"testing"
)

func TestTheCountriesAreTwoLettersInOrder(t *testing.T) {
	t.Parallel()
	all := strings.Fields(codes)
	if len(all) != 249 || !slices.IsSorted(all) || len(slices.Compact(slices.Clone(all))) != 249 {
		t.Errorf("there are 249 in ISO 3166-1, here %d", len(all))
	}
	for _, code := range []string{"", "A", "AUS", "XX", "au", "D A", " A", "UK", "EU"} {
		if Known(code) {
			t.Errorf("%q is a country", code)
		}
	}
	if !Known("AU") || !Known("ZW") || !Known("AD") {
		t.Error("AU, ZW or AD is no country")
	}
}
