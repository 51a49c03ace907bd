package document

import (
	"slices"
	"testing"

	"motorpool/shared/fault"
)

// TestEachVerbTellsWhatItDid is specification A, 9: and a new paper counts only
// once somebody has verified it anew.
func TestEachVerbTellsWhatItDid(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	d, _, err := o.Request(ctx, mia, jordan, "licence", Asked{At: o.at})
	if err != nil {
		t.Fatal(err)
	}
	paper := func(s *Details) error { *s = licence("2027-05-10"); return nil }
	must(o.Submit(ctx, mia, d.ID, paper, 0, o.at))(t)
	must(o.Reject(ctx, mia, d.ID, "Too dark.", 0, o.at))(t)
	must(o.Submit(ctx, mia, d.ID, paper, 0, o.at))(t)
	must(o.Verify(ctx, mia, d.ID, 0, o.at))(t)
	if _, err := o.Verify(ctx, mia, d.ID, 0, o.at); fault.CodeOf(err) != "document.decided" {
		t.Errorf("verified twice: %v", err)
	}
	if _, _, err := o.Ask(ctx, mia, d.ID, Asked{At: o.at}, 0); err != nil {
		t.Fatal(err)
	}
	want := []string{"document.requested", "document.submitted", "document.rejected", "document.submitted", "document.verified", "document.requested"}
	if got := o.types(); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	entries, _, err := o.History(ctx, mia, d.ID, "", 50)
	var noted []string
	for _, e := range entries {
		noted = append(noted, e.Action)
	}
	if slices.Reverse(noted); err != nil || !slices.Equal(noted, want) {
		t.Errorf("noted %v, %v", noted, err)
	}
}

// TestTheUsualNoticesAreThoseOfTheSpecification is 4.4: which types, how many
// days before, and only people on a live booking.
func TestTheUsualNoticesAreThoseOfTheSpecification(t *testing.T) {
	t.Parallel()
	usual := Defaults()
	if !usual.LiveOnly {
		t.Error("everybody is told")
	}
	for typ, on := range map[string]bool{
		"licence": true, "passport": true, "proof_of_insurance": true, "visa": true, "registration": true, "insurance": true, "proof_of_address": false, "other": false,
	} {
		if r := usual.Rules[typ]; r.On != on || !slices.Equal(r.DaysBefore, []int{30, 7, 0}) || len(r.Recipients) == 0 {
			t.Errorf("%s: %+v", typ, r)
		}
	}
	if err := usual.check(); err != nil || len(usual.Rules) != len(Types) {
		t.Errorf("%d rules, %v", len(usual.Rules), err)
	}
}
