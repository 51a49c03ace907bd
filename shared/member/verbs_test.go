package member

import (
	"slices"
	"testing"

	"motorpool/shared/access"
	"motorpool/shared/outbox"
)

// TestEachVerbTellsWhatItDid, once, and what is said again tells nothing.
func TestEachVerbTellsWhatItDid(t *testing.T) {
	d, ctx := open(t), t.Context()
	low, high := d.roleOf("Low", access.ViewAssets), d.roleOf("High", access.ViewAssets, access.EditAssets)
	tom := d.hire("tom@example.com", low)
	for range 2 {
		must(d.Edit(ctx, d.mia, tom.ID, setRole(high), 0, d.at))(t)
		must(d.Edit(ctx, d.mia, tom.ID, func(e *Details) error { e.Name = "Thomas"; return nil }, 0, d.at))(t)
		must(d.EditRole(ctx, d.mia, high, setGrants(access.ViewAssets), 0, d.at))(t)
	}
	for range 2 {
		must(d.Disable(ctx, d.mia, tom.ID, 0, d.at))(t)
	}
	for range 2 {
		must(d.Enable(ctx, d.mia, tom.ID, 0, d.at))(t)
	}
	if err := d.DeleteRole(ctx, d.mia, low, 0, d.at); err != nil {
		t.Fatal(err)
	}
	page, _, err := d.Events.List(ctx, "wsp_1", outbox.Filter{}, "", 100, d.at)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range page {
		got = append(got, e.Type)
	}
	slices.Reverse(got)
	want := []string{
		"user.invited", "user.activated", "role.created", "role.created", "user.invited", "user.activated",
		"user.role_changed", "user.updated", "role.updated", "user.disabled", "user.enabled", "role.deleted",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
