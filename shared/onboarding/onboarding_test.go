package onboarding_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"motorpool/shared/access"
	"motorpool/shared/onboarding"
)

func has(done bool, err error) onboarding.Has {
	return func(_ context.Context, ws string) (bool, error) {
		if ws != "wsp_1" {
			return false, fmt.Errorf("asked about %q", ws)
		}
		return done, err
	}
}

func names(all []onboarding.Step) (s string) {
	for _, one := range all {
		s += fmt.Sprintf("%s:%t ", one.Name, one.Done)
	}
	return s
}

var admin = access.Actor{Kind: "user", Workspace: "wsp_1", Grants: access.All()}

func TestStepsAreThoseOfWhatThereIsInOrder(t *testing.T) {
	t.Parallel()
	s := &onboarding.Service{Has: map[string]onboarding.Has{"asset": has(false, nil), "workspace_details": has(true, nil), "location": has(false, nil), "unheard_of": has(true, nil)}}
	all, err := s.Steps(t.Context(), admin)
	if err != nil || names(all) != "workspace_details:true location:false asset:false " || onboarding.Left(all) != 2 {
		t.Errorf("got %s %v", names(all), err)
	}
	some := admin
	some.Grants = []access.Grant{access.EditAssets}
	if all, err := s.Steps(t.Context(), some); err != nil || names(all) != "asset:false " {
		t.Errorf("who adds vehicles: %s %v", names(all), err)
	}
	s.Has["asset"] = has(false, errors.New("the table is out of reach"))
	if all, err := s.Steps(t.Context(), admin); err == nil {
		t.Errorf("nobody knows, and it says %s", names(all))
	}
}

// TestTheOrderIsThatOfTheSpecification is 1.5, in its words.
func TestTheOrderIsThatOfTheSpecification(t *testing.T) {
	t.Parallel()
	order := []string{"workspace_details", "location", "category", "asset", "item", "package", "booking_rules", "payment_provider", "contract_template", "invite_user", "test_booking"}
	s, want := &onboarding.Service{Has: map[string]onboarding.Has{}}, ""
	for _, name := range order {
		s.Has[name], want = has(false, nil), want+name+":false "
	}
	all, err := s.Steps(t.Context(), admin)
	if err != nil || names(all) != want {
		t.Errorf("got %s %v", names(all), err)
	}
	for _, one := range all {
		if one.Text == "" || one.Why == "" || !access.Known(one.Allow) {
			t.Errorf("%+v", one)
		}
	}
}
