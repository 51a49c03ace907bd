package identity_test

import (
	"testing"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/identity"
)

func TestANewPasswordTakesTheOldOneAndGuessesAreCounted(t *testing.T) {
	d := open(t)
	for range identity.MaxFailures {
		if err := d.ChangePassword(t.Context(), d.ada, "wrong wrong wrong", "four deaf cats", d.at); fault.CodeOf(err) != "identity.old_password" {
			t.Fatalf("got %v", err)
		}
	}
	if err := d.ChangePassword(t.Context(), d.ada, good, "four deaf cats", d.at); fault.CodeOf(err) != "auth.locked" {
		t.Errorf("after five guesses: %v", err)
	}
	d.at = d.at.Add(identity.LockLasts)
	d.must(d.ChangePassword(t.Context(), d.ada, good, "four deaf cats", d.at))
	if d.try(email, good) != "auth.password" || d.try(email, "four deaf cats") != "" {
		t.Error("the password did not change")
	}
	eve, err := d.Ensure(t.Context(), "eve@example.com", "Eve", d.at)
	d.must(err)
	d.must(d.ChangePassword(t.Context(), eve.ID, "", "five mute owls", d.at)) // who has none proves none
}

func TestNewRecoveryCodesTakeACodeAndEndTheOldOnes(t *testing.T) {
	d := open(t)
	_, old := d.enrol()
	d.at = d.at.Add(time.Minute)
	if _, err := d.RenewRecovery(t.Context(), d.ada, "000000", d.at); fault.CodeOf(err) != "auth.code" {
		t.Errorf("without a code: %v", err)
	}
	codes, err := d.RenewRecovery(t.Context(), d.ada, old[0], d.at)
	d.must(err)
	for _, gone := range old[:2] {
		if err := d.Code(t.Context(), d.ada, gone, d.at); fault.CodeOf(err) != "auth.code" {
			t.Errorf("a code of before: %v", err)
		}
	}
	d.must(d.Code(t.Context(), d.ada, codes[9], d.at))
}

func TestANameIsOneLine(t *testing.T) {
	d := open(t)
	for _, name := range []string{"", "A\nB", "A\x00", "\xff"} {
		if err := d.Rename(t.Context(), d.ada, name); fault.CodeOf(err) != "identity.name" {
			t.Errorf("%q: %v", name, err)
		}
	}
	d.must(d.Rename(t.Context(), d.ada, "Ada Lovelace"))
}
