package person

import (
	"testing"

	"motorpool/shared/table"
)

// TestEachItemIsOfOneKind: what is of no kind stays behind when a workspace moves.
func TestEachItemIsOfOneKind(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	d := ana()
	d.PreferredName = "Annie"
	p := done(s.Create(ctx, mia, d, now))(t)
	p = done(s.Block(ctx, mia, p.ID, "fraud", "", 0, now))(t)
	keys := append(p.pointers(), personKey("w", p.ID), blockKey("w", p.ID, p.Block.Ref), Number{"licence", "77-001", "doc_1"}.key("w"), copyKey("w", p.ID, "pex_01k9x3v7q2m8r4t6w0y5z1a3b5"))
	keys = append(keys, (&Person{ID: p.ID, Workspace: "w", ArchivedAt: now}).pointers()...)
	used := map[string]bool{}
	for _, k := range keys {
		var of []table.Kind
		for _, kind := range Kinds() {
			if kind.Fits("w", k) {
				of, used[kind.Name] = append(of, kind), true
			}
		}
		if len(of) != 1 {
			t.Errorf("%v is of %d kinds", k, len(of))
		}
	}
	if len(used) != len(Kinds()) {
		t.Errorf("of %d kinds only %v are stored", len(Kinds()), used)
	}
}
