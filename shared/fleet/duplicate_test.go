package fleet

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/table"
)

// will is what is left to copies, and remembers who was asked for what.
type will struct {
	asked []string
	fails error
}

// Inherit leaves a note in the copy's partition.
func (w *will) Inherit(_ context.Context, actor access.Actor, from, to string, odometer, photos bool, _ time.Time) (string, []table.Op, error) {
	w.asked = append(w.asked, fmt.Sprint(odometer, photos))
	key := table.Key{PK: assetPK(actor.Workspace, to), SK: "NOTE"}
	return "att_1", []table.Op{table.Put(table.Item{Key: key, Doc: []byte(`"` + from + `"`)})}, w.fails
}

// TestACopyInherits what was asked for, and where nothing was said, what was the
// same vehicle's, with the copy or not at all.
func TestACopyInherits(t *testing.T) {
	t.Parallel()
	s, w, ctx := newService(t), &will{}, t.Context()
	s.Heirs = w
	a := done(s.Create(ctx, mia, camry(), now))(t)
	yes, no := true, false
	for _, with := range []With{{}, {Odometer: &no}, {Odometer: &yes}, {Odometer: &no, Photos: true}} {
		done(s.Duplicate(ctx, mia, a.ID, with, now))(t)
	}
	done(s.Archive(ctx, mia, a.ID, 0, now))(t)
	b := done(s.Duplicate(ctx, mia, a.ID, With{}, now))(t)
	done(s.Duplicate(ctx, mia, a.ID, With{Odometer: &no}, now))(t)
	if got := fmt.Sprint(w.asked); got != "[true false false true true false]" {
		t.Errorf("asked %s", got)
	}
	note, err := s.Table.Get(ctx, table.Key{PK: assetPK(mia.Workspace, b.ID), SK: "NOTE"})
	if err != nil || string(note.Doc) != `"`+a.ID+`"` || b.Cover != "att_1" {
		t.Errorf("got %s, %v, cover %q", note.Doc, err, b.Cover)
	}
	w.fails = errors.New("away")
	before, _, err := s.Assets(ctx, mia, AssetFilter{At: now}, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Duplicate(ctx, mia, a.ID, With{}, now); !errors.Is(err, w.fails) {
		t.Errorf("got %v", err)
	}
	if after, _, _ := s.Assets(ctx, mia, AssetFilter{At: now}, "", 100); len(after) != len(before) {
		t.Error("there is half a copy")
	}
}
