package access

import (
	"context"
	"errors"
	"testing"

	"motorpool/shared/fault"
)

func TestSightIsAskedOnceAndOnlyForWhoIsBound(t *testing.T) {
	asked, broken := 0, errors.New("the table is away")
	see := func(_ context.Context, _ Actor, id string) error {
		asked++
		switch id {
		case "ast_1":
			return nil
		case "ast_2":
			return fault.New(fault.NotFound, "asset.none", "There is no such asset.")
		}
		return broken
	}
	free, bound := Sight(Actor{}, see), Sight(Actor{Locations: []string{"loc_1"}}, see)
	for range 2 {
		if ok, err := free(t.Context(), "ast_2"); !ok || err != nil || asked != 0 {
			t.Errorf("who is bound nowhere: %v, %v after %d questions", ok, err, asked)
		}
	}
	for range 2 {
		for id, want := range map[string]bool{"ast_1": true, "ast_2": false} {
			if ok, err := bound(t.Context(), id); ok != want || err != nil {
				t.Errorf("%s: %v, %v", id, ok, err)
			}
		}
	}
	if asked != 2 {
		t.Errorf("it was asked %d times about two assets", asked)
	}
	if ok, err := bound(t.Context(), "ast_3"); ok || !errors.Is(err, broken) {
		t.Errorf("what cannot be known: %v, %v", ok, err)
	}
}
