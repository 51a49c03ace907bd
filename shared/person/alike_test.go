package person

import (
	"context"
	"errors"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
)

// ledger keeps who followed whom; at first it fails.
type ledger struct {
	fails    int
	followed []string
}

func (s *ledger) Follow(_ context.Context, _ access.Actor, from, into string, _ time.Time) error {
	if s.fails--; s.fails >= 0 {
		return errors.New("broken off")
	}
	s.followed = append(s.followed, from+" into "+into)
	return nil
}

func TestAMergeThatWasBrokenOffIsFollowedWhenItIsAskedForAgain(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	shelf := &ledger{fails: 1}
	s.Followers = []Follower{shelf}
	a := done(s.Create(ctx, mia, PersonDetails{GivenName: "Ana"}, now))(t)
	b := done(s.Create(ctx, mia, PersonDetails{GivenName: "Anna"}, now))(t)
	if _, err := s.Merge(ctx, mia, b.ID, a.ID, 0, now); err == nil {
		t.Fatal("the follower failed and nobody heard of it")
	}
	if ids, err := s.Identifiers(ctx, "w", b.ID); err != nil || len(ids) != 2 || ids[1] != a.ID {
		t.Errorf("identifiers: %v, %v", ids, err)
	}
	if _, err := s.Merge(ctx, mia, b.ID, a.ID, 0, now); fault.CodeOf(err) != "person.into" {
		t.Errorf("merging again: %v", err)
	}
	if len(shelf.followed) != 1 || shelf.followed[0] != b.ID+" into "+a.ID {
		t.Errorf("followed: %v", shelf.followed)
	}
}

func TestEachPairOfAWorkspacesDuplicatesIsListedOnce(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	for _, d := range []PersonDetails{
		{GivenName: "Ana", Email: "ana@x.example", Mobile: "+61412345678"},
		{GivenName: "Ben", Email: "ben@x.example", Mobile: "+61412345670"},
		{GivenName: "Anna", Email: "ana+2@x.example", Mobile: "+61412345678"},
		{GivenName: "Annie", Email: "ana+3@x.example", Mobile: "+61412345678"},
	} {
		done(s.Create(ctx, mia, d, now))(t)
	}
	seen := map[string]int{}
	for cursor, more := "", true; more; more = cursor != "" {
		pairs, next, err := s.Alike(ctx, "w", cursor, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pairs {
			seen[min(p.One.ID, p.Person.ID)+" "+max(p.One.ID, p.Person.ID)]++
		}
		cursor = next
	}
	if len(seen) != 3 {
		t.Errorf("%d pairs, want the three of Ana, Anna and Annie: %v", len(seen), seen)
	}
	for pair, n := range seen {
		if n != 1 {
			t.Errorf("%s is listed %d times", pair, n)
		}
	}
}
