package person

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// crew is several people who do things to one list of customers at a time.
type crew struct {
	s   *Service
	mu  sync.Mutex
	ids []string
	bad []error // what no verb may answer
}

func (c *crew) pick(n int) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ids[n%len(c.ids)]
}

func (c *crew) note(verb int, p *Person, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil && verb == 0 {
		c.ids = append(c.ids, p.ID)
	}
	if k := fault.KindOf(err); err != nil && k != fault.Conflict && k != fault.NotFound && fault.CodeOf(err) != "person.into" {
		c.bad = append(c.bad, fmt.Errorf("verb %d: %w", verb, err))
	}
}

// A deed is one thing that one of them does, on whomever the numbers choose.
type deed struct{ Verb, Which, Into, Email, Phone, Name int }

func (d deed) details() PersonDetails {
	return PersonDetails{
		GivenName: []string{"Ana", "Bo", "Çem"}[d.Name], FamilyName: []string{"", "Núñez", "Li"}[d.Phone],
		Email: []string{"", "a@example.com", "A@example.com", "b@example.com"}[d.Email], Mobile: []string{"", "0412345678", "0412345679"}[d.Phone],
		Tags: [][]string{nil, {"x"}, {"X", "y"}}[d.Name], Notes: fmt.Sprint("note ", d.Which), BirthDate: ana().BirthDate,
	}
}

func (c *crew) do(ctx context.Context, who access.Actor, d deed) {
	var p *Person
	var err error
	id := c.pick(d.Which)
	switch d.Verb {
	case 0:
		p, err = c.s.Create(ctx, who, d.details(), now)
	case 1, 2:
		p, err = c.s.Edit(ctx, who, id, func(was *PersonDetails) error { *was = d.details(); return nil }, 0, now)
	case 3, 4:
		p, err = c.s.Merge(ctx, who, id, c.pick(d.Into), 0, now)
	case 5:
		p, err = c.s.Block(ctx, who, id, "fraud", "", 0, now)
	case 6:
		p, err = c.s.Unblock(ctx, who, id, "", 0, now)
	case 7:
		p, err = c.s.Archive(ctx, who, id, 0, now)
	case 8:
		p, err = c.s.Restore(ctx, who, id, 0, now)
	case 9:
		err = c.s.Delete(ctx, who, id, 0, now)
	case 10:
		p, err = c.s.Anonymise(ctx, who, id, 0, now)
	case 11:
		p, _, err = c.s.AddContact(ctx, who, id, PersonContactDetails{Type: "reference", Name: "Luis"}, 0, now)
	}
	c.note(d.Verb, p, err)
}

func TestWhateverACrewDoesTheRulesHold(t *testing.T) {
	t.Parallel()
	s, run := newService(t), 0
	scripts := rapid.SliceOfN(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) deed {
		n := func(label string, most int) int { return rapid.IntRange(0, most).Draw(t, label) }
		return deed{n("verb", 11), n("which", 5), n("into", 5), n("email", 3), n("phone", 2), n("name", 2)}
	}), 2, 8), 2, 3)
	rapid.Check(t, func(rt *rapid.T) {
		run++
		who := access.Actor{Kind: "user", ID: "usr_1", Workspace: fmt.Sprint("w", run), Grants: access.All()}
		c := &crew{s: s}
		for i := range 3 {
			p, err := s.Create(t.Context(), who, deed{Email: i, Phone: i, Name: i}.details(), now)
			if fault.CodeOf(err) == "person.email_taken" {
				continue
			}
			c.ids = append(c.ids, done(p, err)(t).ID)
		}
		var all sync.WaitGroup
		for _, script := range scripts.Draw(rt, "scripts") {
			all.Go(func() {
				for _, d := range script {
					c.do(t.Context(), who, d)
				}
			})
		}
		all.Wait()
		for _, err := range c.bad {
			rt.Errorf("an answer that nobody can act on: %v", err)
		}
		c.check(rt, who.Workspace)
	})
}

// check compares the pointers there are with those there must be. That no key
// is there twice is what makes e-mail addresses unique.
func (c *crew) check(t *rapid.T, workspace string) {
	want := map[table.Key]*Person{}
	partitions := []string{namedPK(workspace, "active"), namedPK(workspace, "archived"), namedPK(workspace, "blocked")}
	for _, in := range []string{"active", "archived"} {
		partitions = append(partitions, namePK(workspace, in), secretPK(workspace, in), tagPK(workspace, in, "x"), tagPK(workspace, in, "y"))
	}
	for e := range 4 {
		for ph := range 3 {
			p := &Person{Workspace: workspace}
			p.PersonDetails, _ = deed{Email: e, Phone: ph, Name: ph}.details().checked(PersonDetails{}, "AU", now)
			for _, m := range p.matches() {
				partitions = append(partitions, matchPK(workspace, m))
			}
		}
	}
	partitions = append(partitions, emailKey(workspace, "a@example.com").PK, emailKey(workspace, "b@example.com").PK)
	for _, id := range c.ids {
		p, err := c.s.record(t.Context(), workspace, id)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if p.MergedInto != "" {
			if to, err := c.s.load(t.Context(), workspace, id); err != nil || !slices.Contains(to.MergedFrom, id) {
				t.Errorf("%s leads to nobody who knows: %v", id, err)
			}
		}
		for _, k := range p.pointers() {
			if other := want[k]; other != nil {
				t.Errorf("%v belongs to %s and %s", k, other.ID, p.ID)
			}
			want[k] = p
		}
	}
	c.compare(t, want, partitions)
}

func (c *crew) compare(t *rapid.T, want map[table.Key]*Person, partitions []string) {
	for k, p := range want {
		it, err := c.s.Table.Get(t.Context(), k)
		if err != nil || pointed(it) != p.ID || it.Version != p.held(k) {
			t.Errorf("the pointer %v of %s: %s at %d, %v", k, p.ID, it.Doc, it.Version, err)
		}
	}
	for _, pk := range partitions {
		page, err := c.s.Table.Query(t.Context(), table.Query{PK: pk, Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range page.Items {
			if want[it.Key] == nil {
				t.Errorf("%v points at nobody", it.Key)
			}
		}
	}
}

// TestAMergeLosesNothing: every word that was said of either is in the person or
// in the record of the duplicate, word for word, and so is every contact.
func TestAMergeLosesNothing(t *testing.T) {
	t.Parallel()
	s, run := newService(t), 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		who := access.Actor{Kind: "user", ID: "usr_1", Workspace: fmt.Sprint("w", run), Grants: access.All()}
		maybe := func(label, s string) string { return rapid.SampledFrom([]string{"", s}).Draw(rt, label) }
		make1 := func(n string) *Person {
			d := PersonDetails{
				GivenName: "given" + n, FamilyName: maybe("family"+n, "family"+n), PreferredName: maybe("preferred"+n, "preferred"+n),
				Email: maybe("email"+n, "email"+n+"@example.com"), Mobile: maybe("mobile"+n, "+6141234567"+n), TaxID: maybe("tax"+n, "tax"+n),
				Notes: maybe("notes"+n, "notes"+n), Tags: []string{"tag" + n}, BillingAddress: PersonAddress{Line1: maybe("line"+n, "line"+n)},
			}
			p := done(s.Create(t.Context(), who, d, now))(t)
			if rapid.Bool().Draw(rt, "contact"+n) {
				p, _, _ = s.AddContact(t.Context(), who, p.ID, PersonContactDetails{Type: "reference", Name: "contact" + n}, 0, now)
			}
			if rapid.Bool().Draw(rt, "blocked"+n) {
				p = done(s.Block(t.Context(), who, p.ID, "fraud", "blocked"+n, 0, now))(t)
			}
			return p
		}
		a, b := make1("1"), make1("2")
		said := words(a) + words(b)
		to := done(s.Merge(t.Context(), who, a.ID, b.ID, 0, now))(t)
		h := done(s.Export(t.Context(), who, a.ID, now))(t)
		kept, _ := json.Marshal(h)
		for _, word := range strings.Fields(said) {
			if !strings.Contains(string(kept), word) {
				rt.Errorf("%s is lost: %s", word, kept)
			}
		}
		if blocked := a.Block != nil || b.Block != nil; (to.State() == Blocked) != blocked || len(to.Contacts) != len(a.Contacts)+len(b.Contacts) {
			rt.Errorf("of %v and %v became %v", a, b, to)
		}
		if again := done(s.Person(t.Context(), who.Workspace, a.ID))(t); again.ID != b.ID || to.Email == "" && a.Email+b.Email != "" {
			rt.Errorf("%s leads to %s with %q", a.ID, again.ID, to.Email)
		}
		if done(s.Edit(t.Context(), who, a.ID, func(d *PersonDetails) error { d.Email = "new@example.com"; return nil }, 0, now))(t).Claim != 0 {
			rt.Error("a new address goes by an old claim")
		}
	})
}

// words are all values that were given of p.
func words(p *Person) string {
	w := []string{p.GivenName, p.FamilyName, p.PreferredName, p.Email, p.Mobile, p.TaxID, p.Notes, p.BillingAddress.Line1, p.Tags[0]}
	for _, c := range p.Contacts {
		w = append(w, c.Name, c.ID)
	}
	if p.Block != nil {
		w = append(w, p.Block.Note)
	}
	return strings.Join(w, " ") + " "
}
