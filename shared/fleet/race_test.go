package fleet

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// meanwhile is a table on which somebody else does something just before the
// next write of one's own: the moment at which a race is lost.
type meanwhile struct {
	table.Table
	once sync.Once
	do   func()
}

func (m *meanwhile) Write(ctx context.Context, ops ...table.Op) error {
	m.once.Do(m.do)
	return m.Table.Write(ctx, ops...)
}

// overtakenBy is s as somebody has it who is overtaken by what do does.
func (s *Service) overtakenBy(do func()) *Service {
	slow := *s
	slow.Table = &meanwhile{Table: s.Table, do: do}
	return &slow
}

func TestAnEditIsMadeAgainOnWhatSomebodyElseChanged(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	a := done(s.Create(ctx, mia, camry(), now))(t)
	name := func(d *AssetDetails) error { d.Name = "Mine"; return nil }
	slow := s.overtakenBy(func() {
		done(s.Edit(ctx, mia, a.ID, func(d *AssetDetails) error { d.Colour = "red"; return nil }, 0, now))(t)
	})
	b := done(slow.Edit(ctx, mia, a.ID, name, 0, now))(t)
	if b.Name != "Mine" || b.Colour != "red" || b.Version != 3 {
		t.Errorf("got %s, %s, version %d; want both changes and version 3", b.Name, b.Colour, b.Version)
	}
	slow = s.overtakenBy(func() {
		done(s.Edit(ctx, mia, a.ID, func(d *AssetDetails) error { d.Colour = "blue"; return nil }, 0, now))(t)
	})
	if _, err := slow.Edit(ctx, mia, a.ID, func(d *AssetDetails) error { d.Name = "?"; return nil }, 3, now); fault.KindOf(err) != fault.Stale {
		t.Errorf("meant for version 3 alone: got %v, want it stale", err)
	}
}

func TestACategoryIsNotDeletedUnderAnAsset(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	cat := done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "Sedan"}, now))(t)
	d := camry()
	d.Categories = []string{cat.ID}
	slow := s.overtakenBy(func() { done(s.Create(ctx, mia, d, now))(t) })
	if err := slow.DeleteCategory(ctx, mia, cat.ID, 0, now); fault.CodeOf(err) != "category.in_use" {
		t.Fatalf("got %v, want it refused", err)
	}
	done(s.Create(ctx, mia, d, now))(t) // and it is open again
}

func TestACategoryIsNotDeletedOverAPart(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	cat := done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "SUV"}, now))(t)
	slow := s.overtakenBy(func() {
		done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "Small SUV", Parent: cat.ID}, now))(t)
	})
	if err := slow.DeleteCategory(ctx, mia, cat.ID, 0, now); fault.CodeOf(err) != "category.has_subcategories" {
		t.Fatalf("got %v, want it refused", err)
	}
	done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "Large SUV", Parent: cat.ID}, now))(t)
}

func TestLevelsStayTwoWhateverHappensMeanwhile(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	under := func(parent string) func(*CategoryDetails) error {
		return func(d *CategoryDetails) error { d.Parent = parent; return nil }
	}
	var ids []string
	for _, name := range []string{"a", "b", "c", "d"} {
		ids = append(ids, done(s.CreateCategory(ctx, mia, CategoryDetails{Name: name}, now))(t).ID)
	}
	for name, tt := range map[string]struct{ mine, minesParent, others, othersParent string }{
		"a circle":               {ids[0], ids[1], ids[1], ids[0]},
		"a part put under me":    {ids[2], ids[1], ids[3], ids[2]},
		"my parent gets its own": {ids[1], ids[2], ids[2], ids[3]},
	} {
		for _, id := range ids {
			done(s.EditCategory(ctx, mia, id, under(""), 0, now))(t)
		}
		slow := s.overtakenBy(func() { done(s.EditCategory(ctx, mia, tt.others, under(tt.othersParent), 0, now))(t) })
		if _, err := slow.EditCategory(ctx, mia, tt.mine, under(tt.minesParent), 0, now); fault.CodeOf(err) != "category.levels" {
			t.Errorf("%s: got %v, want it refused", name, err)
		}
	}
}

func TestPartsAreAddedByManyAtOnce(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	top := done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "Top"}, now))(t)
	var all sync.WaitGroup
	var mu sync.Mutex
	var made []string
	for range 6 {
		all.Go(func() {
			c, err := s.CreateCategory(ctx, mia, CategoryDetails{Name: "Part", Parent: top.ID}, now)
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			made = append(made, c.ID)
		})
	}
	all.Wait()
	parts, _, err := s.parts(ctx, "w", top.ID)
	slices.Sort(parts)
	slices.Sort(made)
	if err != nil || !slices.Equal(parts, made) {
		t.Errorf("got %v, %v, want %v", parts, err, made)
	}
}

// TestALongMergeIsDoneInParts also looks at the count in the refusal.
func TestALongMergeIsDoneInParts(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	from := done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "From"}, now))(t)
	into := done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "Into"}, now))(t)
	d := camry()
	d.Categories = []string{from.ID}
	var all sync.WaitGroup
	for range maxMoved + 1 {
		all.Go(func() {
			if _, err := s.Create(ctx, mia, d, now); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := s.DeleteCategory(ctx, mia, from.ID, 0, now); fault.CodeOf(err) != "category.in_use" || !strings.Contains(err.Error(), "501 assets are in this category") {
		t.Errorf("deleted: %v", err)
	}
	for _, want := range []Merged{{maxMoved, false}, {1, true}} {
		if m, err := s.Merge(ctx, mia, from.ID, into.ID, now); err != nil || m != want {
			t.Errorf("got %+v, %v, want %+v", m, err, want)
		}
	}
	if n := len(told(t, s)); n != 2+2*(maxMoved+1)+1 {
		t.Errorf("%d events are told", n)
	}
	if _, err := s.Merge(ctx, mia, from.ID, into.ID, now); fault.KindOf(err) != fault.NotFound {
		t.Errorf("once more: %v", err)
	}
}
