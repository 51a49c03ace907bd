package access_test

import (
	"slices"
	"strings"
	"testing"

	"motorpool/shared/access"
)

func TestCatalogueListsEachGrantOnceWithItsMeaning(t *testing.T) {
	all := access.All()
	for i, p := range access.Catalogue {
		area, verb, ok := strings.Cut(string(p.Grant), ".")
		if !ok || area == "" || verb == "" || p.Description == "" || slices.Contains(all[:i], p.Grant) || !access.Known(p.Grant) {
			t.Errorf("%+v", p)
		}
	}
	if access.Known(access.Public) || access.Known("assets.steal") {
		t.Error("what is not in the catalogue is known")
	}
}

func TestActorMayWhatTheyHold(t *testing.T) {
	a := access.Actor{Grants: []access.Grant{access.ViewAssets}}
	if !a.May(access.ViewAssets) || !a.May(access.Public) || a.May(access.EditAssets) {
		t.Errorf("%+v", a)
	}
	if system := access.System("wsp_1"); system.Kind != "system" || system.Workspace != "wsp_1" || system.May(access.ViewAssets) {
		t.Errorf("%+v", system)
	}
}

func TestActorSeesTheLocationsTheyWorkAt(t *testing.T) {
	bound := access.Actor{Locations: []string{"loc_1", "loc_2"}}
	for _, tt := range []struct {
		at   []string
		want bool
	}{{[]string{"loc_1"}, true}, {[]string{"loc_3", "loc_2"}, true}, {[]string{"loc_3"}, false}, {nil, false}, {[]string{""}, false}} {
		if got := bound.At(tt.at...); got != tt.want {
			t.Errorf("%v: got %v", tt.at, got)
		}
		if !(access.Actor{}).At(tt.at...) {
			t.Errorf("%v: who is bound to no location does not see it", tt.at)
		}
	}
}

// TestWhoIsBoundToLocationsMayNotWhatReachesBeyondThem: logs and webhooks tell of
// the whole workspace.
func TestWhoIsBoundToLocationsMayNotWhatReachesBeyondThem(t *testing.T) {
	free, bound := access.Actor{Grants: access.All()}, access.Actor{Grants: access.All(), Locations: []string{"loc_1"}}
	var refused []string
	for _, g := range access.All() {
		if !free.May(g) || !bound.Holds(g) {
			t.Errorf("%s is held and may not be done", g)
		}
		if !bound.May(g) {
			refused = append(refused, string(g))
		}
	}
	if got := strings.Join(refused, " "); got != "events.view events.publish webhooks.view webhooks.manage webhooks.secrets audit.view" {
		t.Errorf("refused: %s", got)
	}
	if (access.Actor{Locations: []string{"loc_1"}}).Holds(access.ViewAudit) {
		t.Error("what was never given is held")
	}
}
