package fleet

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
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// crew is several people who do things to one fleet at the same time.
type crew struct {
	s    *Service
	mu   sync.Mutex
	ids  []string       // assets there have been
	cats []string       // categories there have been
	done map[string]int // verbs that succeeded, by the action they are noted as
	bad  []error        // what no verb may answer

	tried int64 // deletions, each of which may have closed an asset some times in vain
}

func (c *crew) pick(list *[]string, n int) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return (*list)[n%len(*list)]
}

func (c *crew) note(action, id string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil {
		c.done[action]++
		if id != "" {
			c.ids = append(c.ids, id)
		}
		return
	}
	if k := fault.KindOf(err); k != fault.Conflict && k != fault.NotFound && fault.CodeOf(err) != "asset.categories" && fault.CodeOf(err) != "category.into" {
		c.bad = append(c.bad, fmt.Errorf("%s: %w", action, err))
	}
}

// A deed is one thing that one of them does, on whatever the numbers choose.
type deed struct{ Verb, Which, VIN, Cat int }

func (c *crew) do(ctx context.Context, who access.Actor, d deed, nth string) {
	vin, cat, id := []string{"", "AAA1", "AAA2"}[d.VIN], c.pick(&c.cats, d.Cat), c.pick(&c.ids, d.Which)
	say := AssetDetails{Type: "car", Make: "Toyota", Model: "Camry", VIN: vin, Number: vin, Colour: nth, Categories: []string{cat}}
	switch d.Verb {
	case 0:
		a, err := c.s.Create(ctx, who, say, now)
		if err != nil {
			a = &Asset{}
		}
		c.note("asset.created", a.ID, err)
	case 1, 2, 3:
		_, err := c.s.Edit(ctx, who, id, func(was *AssetDetails) error {
			say.PrimaryCategory = cat
			*was = say
			return nil
		}, 0, now)
		c.note("asset.updated", "", err)
	case 4:
		_, err := c.s.Archive(ctx, who, id, 0, now)
		c.note("asset.archived", "", err)
	case 5, 6:
		a, err := c.s.Duplicate(ctx, who, id, With{}, now)
		if err != nil {
			a = &Asset{}
		}
		c.note("asset.duplicated", a.ID, err)
	case 7:
		c.mu.Lock()
		c.tried += tries
		c.mu.Unlock()
		c.note("asset.deleted", "", c.s.Delete(ctx, who, id, 0, now))
	case 8:
		c.note("category.deleted", "", c.s.DeleteCategory(ctx, who, cat, 0, now))
	case 9:
		m, err := c.s.Merge(ctx, who, cat, c.pick(&c.cats, d.Cat+1), now)
		if err == nil && m.Done {
			c.note("category.deleted", "", nil)
		} else if err != nil {
			c.note("merge", "", err)
		}
	}
}

func TestWhateverACrewDoesTheRulesHold(t *testing.T) {
	t.Parallel()
	s, run := newService(t), 0
	scripts := rapid.SliceOfN(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) deed {
		n := func(label string, most int) int { return rapid.IntRange(0, most).Draw(t, label) }
		return deed{n("verb", 9), n("which", 5), n("vin", 2), n("cat", 2)}
	}), 2, 8), 2, 3)
	rapid.Check(t, func(rt *rapid.T) {
		run++
		who := access.Actor{Kind: "user", ID: "usr_1", Workspace: fmt.Sprint("w", run)}
		c := &crew{s: s, done: map[string]int{}}
		for i := range 3 {
			cat := done(s.CreateCategory(t.Context(), who, CategoryDetails{Name: fmt.Sprint("Category ", i)}, now))(t)
			c.cats = append(c.cats, cat.ID)
			a := done(s.Create(t.Context(), who, AssetDetails{Type: "car", Make: "A", Model: "B", Categories: []string{cat.ID}}, now))(t)
			c.ids = append(c.ids, a.ID)
			c.done["asset.created"]++
		}
		var all sync.WaitGroup
		for i, script := range scripts.Draw(rt, "scripts") {
			all.Go(func() {
				for j, d := range script {
					c.do(t.Context(), who, d, fmt.Sprint(i, "-", j))
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

// check looks at everything that rests in the workspace.
func (c *crew) check(t *rapid.T, workspace string) {
	entries, _, err := c.s.Audit.List(context.Background(), workspace, audit.Filter{}, "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	noted := map[string]int{}
	changes := map[string]int64{}
	for _, e := range entries {
		noted[e.Action]++
		changes[e.Object.ID]++
	}
	for action, n := range c.done {
		if noted[action] != n {
			t.Errorf("%s: %d succeeded, %d are noted", action, n, noted[action])
		}
	}
	var assets []*Asset
	for _, id := range c.ids {
		a, err := c.s.load(context.Background(), workspace, id)
		if fault.KindOf(err) == fault.NotFound {
			c.told(t, workspace, id, changes[id]-1, changes[id]+c.tried) // the deletion does not count as a version
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if a.Version < changes[id] || a.Version > changes[id]+c.tried {
			t.Errorf("%s is at version %d after %d changes", id, a.Version, changes[id])
		}
		c.told(t, workspace, id, changes[id], a.Version)
		assets = append(assets, a)
	}
	c.checkPointers(t, workspace, assets)
}

// told checks that the events of an asset speak of each change in a version of
// its own. Versions in which somebody was about to delete it are not told of.
func (c *crew) told(t *rapid.T, workspace, id string, changes, last int64) {
	page, err := c.s.Table.Query(context.Background(), table.Query{PK: assetPK(workspace, id), Prefix: "EVENT#", Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int64]bool{}
	for _, it := range page.Items {
		var e struct {
			Type string
			Data struct{ Object struct{ Version int64 } }
		}
		if err := json.Unmarshal(it.Doc, &e); err != nil {
			t.Fatal(err)
		}
		if e.Type != "asset.deleted" { // its version may be one of a close in vain, of which nothing is told
			seen[e.Data.Object.Version] = true
		}
	}
	for v := range seen {
		if v > last {
			delete(seen, v)
		}
	}
	if !seen[1] || int64(len(seen)) != changes {
		t.Errorf("%s has had %d changes, is at version %d at the most, and told of %v", id, changes, last, seen)
	}
}

// checkPointers compares the pointers there are with those there must be. That
// no key is there twice is what makes VINs and numbers unique.
func (c *crew) checkPointers(t *rapid.T, workspace string, assets []*Asset) {
	want, vins := map[table.Key]string{}, map[string]string{}
	for _, a := range assets {
		for _, k := range a.pointers() {
			if other, taken := want[k]; taken {
				t.Errorf("%v belongs to %s and %s", k, other, a.ID)
			}
			want[k] = a.ID
		}
		if other, taken := vins[a.VIN]; taken && a.VIN != "" && a.Status() != Archived {
			t.Errorf("%s and %s both have the VIN %s", other, a.ID, a.VIN)
		}
		if a.Status() != Archived {
			vins[a.VIN] = a.ID
		}
		for _, id := range a.Categories {
			if _, err := c.s.loadCategory(context.Background(), workspace, id); err != nil {
				t.Errorf("%s is in the category %s: %v", a.ID, id, err)
			}
		}
	}
	for k, id := range want {
		it, err := c.s.Table.Get(context.Background(), k)
		if err != nil || strings.Trim(string(it.Doc), `"`) != id || it.Version != 1 {
			t.Errorf("the pointer %v of %s: %s, %v", k, id, it.Doc, err)
		}
	}
	for _, pk := range slices.Concat([]string{
		searchPK(workspace, true), searchPK(workspace, false), numberedPK(workspace, true), numberedPK(workspace, false),
		vinKey(workspace, "AAA1").PK, vinKey(workspace, "AAA2").PK, numberKey(workspace, "AAA1").PK,
	}, []string{categoryPK(workspace, c.cats[0]), categoryPK(workspace, c.cats[1]), categoryPK(workspace, c.cats[2])}) {
		page, err := c.s.Table.Query(context.Background(), table.Query{PK: pk, Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range page.Items {
			_, wanted := want[it.Key]
			isPointer := !strings.Contains(pk, "#CAT#") || strings.HasPrefix(it.Key.SK, pointerPrefix)
			if isPointer && !wanted {
				t.Errorf("%v points at nothing", it.Key)
			}
		}
	}
}
