package person

import (
	"context"
	"slices"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// mentions are what refers to people, and hold what is personal; meanwhile is
// done while somebody looks.
type mentions struct {
	s         *Service
	meanwhile []func()
}

func mention(id string) table.Item {
	return table.Item{Key: table.Key{PK: personPK("w", id), SK: "MENTION"}, Doc: []byte("1")}
}

func (m *mentions) next() {
	if len(m.meanwhile) > 0 {
		now := m.meanwhile[0]
		m.meanwhile = m.meanwhile[1:]
		now()
	}
}

func (m *mentions) To(ctx context.Context, _, id string) (by []string, err error) {
	if _, err = m.s.Table.Get(ctx, mention(id).Key); err == nil {
		by = []string{"mentions"}
	}
	m.next()
	return by, nil
}

func (m *mentions) Holds(context.Context, string, string) error { m.next(); return nil }

func (*mentions) Name() string { return "mentions" }

func (*mentions) Of(context.Context, string, string) (any, error) { return nil, nil }

func (m *mentions) Erase(ctx context.Context, _ access.Actor, id string, _ time.Time) error {
	it, err := m.s.Table.Get(ctx, mention(id).Key)
	m.next()
	if err != nil {
		return nil
	}
	return m.s.Table.Write(ctx, table.Delete(it.Key, it.Version))
}

// race is somebody who refers to a person: asks at one moment, writes at another.
type race struct {
	s              *Service
	id             string
	asked, written int
	op             table.Op
	refused, lost  error
}

func (r *race) moment(ctx context.Context, n int) func() {
	return func() {
		if n == r.asked {
			_, r.op, r.refused = r.s.Refer(ctx, "w", r.id)
		}
		if n == r.written && r.refused == nil {
			r.lost = r.s.Table.Write(ctx, r.op, table.Put(mention(r.id)))
		}
	}
}

func (r *race) won() bool { return r.refused == nil && r.lost == nil }

// TestAPersonIsEitherDeletedOrReferredTo in whatever order the two are done: the
// reference is asked for, and written, at each moment of the deletion.
func TestAPersonIsEitherDeletedOrReferredTo(t *testing.T) {
	t.Parallel()
	const before, after = 0, 3 // deletion looks for references twice
	for asked := before; asked <= after; asked++ {
		for written := asked; written <= after; written++ {
			s, ctx := newService(t), t.Context()
			p := done(s.Create(ctx, mia, ana(), now))(t)
			r := &race{s: s, id: p.ID, asked: asked, written: written}
			s.References = &mentions{s: s, meanwhile: []func(){r.moment(ctx, 1), r.moment(ctx, 2)}}
			r.moment(ctx, before)()
			err := s.Delete(ctx, mia, p.ID, 0, now)
			r.moment(ctx, after)()
			_, there := s.Person(ctx, "w", p.ID)
			if deleted := err == nil; deleted == r.won() || deleted != (there != nil) || !deleted && fault.CodeOf(err) != "person.in_use" {
				t.Errorf("asked at %d, written at %d: deleted %v, referred to %v (%v, %v), there %v", asked, written, err, r.won(), r.refused, r.lost, there)
			}
		}
	}
}

// TestNothingIsLeftOfWhoWasAnonymised whenever somebody added something: it is
// erased, or was never written.
func TestNothingIsLeftOfWhoWasAnonymised(t *testing.T) {
	t.Parallel()
	const before, after = 0, 4 // anonymising asks twice who needs them, and then erases
	for asked := before; asked <= after; asked++ {
		for written := asked; written <= after; written++ {
			s, ctx := newService(t), t.Context()
			p := done(s.Create(ctx, mia, ana(), now))(t)
			r := &race{s: s, id: p.ID, asked: asked, written: written}
			m := &mentions{s: s, meanwhile: []func(){r.moment(ctx, 1), r.moment(ctx, 2), r.moment(ctx, 3)}}
			s.References, s.Holdings = m, []Holding{m}
			r.moment(ctx, before)()
			p, err := s.Anonymise(ctx, mia, p.ID, 0, now)
			r.moment(ctx, after)()
			if _, left := s.Table.Get(ctx, mention(r.id).Key); err != nil || p.AnonymisedAt.IsZero() || fault.KindOf(left) != fault.NotFound {
				t.Errorf("asked at %d, written at %d: %v, left: %v, written: %v", asked, written, err, left, r.won())
			}
		}
	}
}

func TestADeletionThatWasGivenUpHindersNobody(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	p := done(s.Create(ctx, mia, ana(), now))(t)
	if err := s.close(ctx, p); err != nil {
		t.Fatal(err)
	}
	id, op, err := s.Refer(ctx, "w", p.ID)
	if err != nil || id != p.ID {
		t.Fatal(id, err)
	}
	if err := s.Table.Write(ctx, op, table.Put(mention(p.ID))); err != nil {
		t.Fatal(err)
	}
	done(s.Edit(ctx, mia, p.ID, func(d *PersonDetails) error { d.Notes = "x"; return nil }, 0, now))(t)
	if _, op, err := s.Refer(ctx, "w", p.ID); err != nil || op.Item.Doc != nil {
		t.Errorf("it is still closed: %v", err)
	}
}

func TestAnAddressIsTheirsUntilSomebodyElseHasIt(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	p := done(s.Create(ctx, mia, ana(), now))(t)
	change := func(id, email string) {
		t.Helper()
		done(s.Edit(ctx, mia, id, func(d *PersonDetails) error { d.Email = email; return nil }, 0, now))(t)
	}
	want := func(id string, want ...string) {
		t.Helper()
		if got, err := s.Emails(ctx, "w", id); err != nil || !slices.Equal(got, want) {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
	change(p.ID, "second@example.com")
	want(p.ID, "ana.nunez@example.com", "second@example.com")
	other := done(s.Create(ctx, mia, PersonDetails{GivenName: "Ben", Email: "ana.nunez@example.com"}, now))(t)
	want(p.ID, "second@example.com")
	want(other.ID, "ana.nunez@example.com")
	done(s.Merge(ctx, mia, other.ID, p.ID, 0, now))(t)
	want(other.ID)
	want(p.ID, "ana.nunez@example.com", "second@example.com")
	done(s.Anonymise(ctx, mia, p.ID, 0, now))(t)
	want(p.ID)
	if p = done(s.Person(ctx, "w", p.ID))(t); p.Past != nil {
		t.Errorf("left: %q", p.Past)
	}
}
