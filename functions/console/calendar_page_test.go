package console_test

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"testing"

	"motorpool/shared/fleet"
)

// TestThePagesOfTheCalendarHaveFiftyVehicles: of more, the next page has the rest.
func TestThePagesOfTheCalendarHaveFiftyVehicles(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	for i := range 53 {
		if _, err := s.h.Fleet.Create(t.Context(), s.owner, fleet.AssetDetails{Type: "car", Make: "Kia", Model: "EV6", Number: fmt.Sprintf("K-%03d", i)}, s.h.Now()); err != nil {
			t.Fatal(err)
		}
	}
	cars := regexp.MustCompile(`K-0\d\d`)
	count := func(v view) int {
		seen := map[string]bool{}
		for _, car := range cars.FindAllString(v.body, -1) {
			seen[car] = true
		}
		return len(seen)
	}
	first := s.get("/calendar").want(http.StatusOK)
	next := regexp.MustCompile(`/calendar\?[^"]*cursor=[^"]*`).FindString(first.body)
	if n, rest := count(first), count(s.get(html.UnescapeString(next)).want(http.StatusOK)); n != 50 || rest != 3 {
		t.Errorf("%d vehicles, then %d", n, rest)
	}
}
