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
