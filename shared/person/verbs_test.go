package person

import (
	"slices"
	"testing"

	"motorpool/shared/outbox"
)

// TestEachVerbTellsWhatItDid, once, and what is said again tells nothing.
func TestEachVerbTellsWhatItDid(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	p := done(s.Create(ctx, mia, ana(), now))(t)
	twin := done(s.Create(ctx, mia, PersonDetails{GivenName: "Annie"}, now))(t)
	gone := done(s.Create(ctx, mia, PersonDetails{GivenName: "Nobody"}, now))(t)
	_, con, err := s.AddContact(ctx, mia, p.ID, PersonContactDetails{Type: "emergency", Name: "Luis"}, 0, now)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		done(s.VerifyContact(ctx, mia, p.ID, con, 0, now))(t)
		done(s.Edit(ctx, mia, p.ID, func(d *PersonDetails) error { d.Language = "es"; return nil }, 0, now))(t)
	}
	done(s.RemoveContact(ctx, mia, p.ID, con, 0, now))(t)
	done(s.Block(ctx, mia, p.ID, "fraud", "", 0, now))(t)
	done(s.Unblock(ctx, mia, p.ID, "", 0, now))(t)
	for range 2 {
		done(s.Archive(ctx, mia, p.ID, 0, now))(t)
	}
	for range 2 {
		done(s.Restore(ctx, mia, p.ID, 0, now))(t)
	}
	done(s.Merge(ctx, mia, twin.ID, p.ID, 0, now))(t)
	if err := s.Delete(ctx, mia, gone.ID, 0, now); err != nil {
		t.Fatal(err)
	}
	done(s.Anonymise(ctx, mia, p.ID, 0, now))(t)
	page, _, err := s.Events.List(ctx, "w", outbox.Filter{}, "", 100, now)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range page {
		got = append(got, e.Type)
	}
	slices.Reverse(got)
	want := []string{
		"person.created", "person.created", "person.created", "contact.added", "contact.verified", "person.updated", "person.updated",
		"person.blocked", "person.unblocked", "person.archived", "person.updated", "person.merged", "person.deleted", "person.anonymised",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
