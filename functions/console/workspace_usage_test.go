package console_test

import (
	"net/http"
	"net/url"
	"testing"

	"motorpool/shared/workspace"
)

// TestAFormBeginsWithTheWorkspacesUnit: who shows distances in miles is offered
// miles, and an import or a program that says nothing gets them too.
func TestAFormBeginsWithTheWorkspacesUnit(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.get("/assets/new").want(http.StatusOK).has(`<option value="km" selected>`)
	_, err := s.h.Workspaces.Edit(t.Context(), s.owner, func(f *workspace.Form) error { f.DistanceUnit = "mi"; return nil }, 0, s.h.Now())
	s.must(err)
	s.get("/assets/new").want(http.StatusOK).has(`<option value="mi" selected>`)
	made := s.add(url.Values{"type": {"car"}, "make": {"Kia"}, "model": {"EV6"}}).want(http.StatusOK)
	made.has("Odometer counts in</dt><dd>mi")
}

// TestTheCalendarBeginsOnTheWorkspacesDay of the week; 4 March 2026 is a Wednesday.
func TestTheCalendarBeginsOnTheWorkspacesDay(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	for day, span := range map[string]string{"monday": "2 March – 15 March 2026", "sunday": "1 March – 14 March 2026", "saturday": "28 February – 13 March 2026"} {
		_, err := s.h.Workspaces.Edit(t.Context(), s.owner, func(f *workspace.Form) error { f.FirstDay = day; return nil }, 0, s.h.Now())
		s.must(err)
		s.get("/calendar?from=2026-03-04").want(http.StatusOK).has(span)
	}
}
