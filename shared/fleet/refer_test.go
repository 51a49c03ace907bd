package fleet

import (
	"context"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

func TestWhatAnAssetIsDoingCountsBeforeWhetherItMayBeBooked(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		open, archived bool
		doing          string
		want           Status
	}{
		{true, false, "", Available},
		{false, false, "", Unavailable},
		{true, false, "reserved", Reserved},
		{false, false, "reserved", Unavailable},
		{false, false, "on_booking", OnBooking},
		{false, false, "overdue_return", OverdueReturn},
		{false, false, "in_maintenance", InMaintenance},
		{false, true, "in_maintenance", Archived},
	} {
		a := &Asset{BookingEnabled: tt.open}
		if tt.archived {
			a.ArchivedAt = now
		}
		if got := a.StatusWith(tt.doing); got != tt.want {
			t.Errorf("%+v: got %s", tt, got)
		}
	}
}

func TestListsKnowWhatAssetsAreDoing(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	first, second := done(s.Create(ctx, mia, camry(), now))(t), done(s.Create(ctx, mia, camry(), now))(t)
	s.Doing = func(string, time.Time) func(context.Context, string) (string, error) {
		return func(_ context.Context, id string) (string, error) {
			return map[string]string{first.ID: "on_booking"}[id], nil
		}
	}
	for status, want := range map[Status]string{OnBooking: first.ID, Unavailable: second.ID, Reserved: ""} {
		for _, byNumber := range []bool{true, false} {
			page, _, err := s.Assets(ctx, mia, AssetFilter{Status: status, At: now, ByNumber: byNumber}, "", 50)
			if err != nil || len(page) > 1 || (want != "") != (len(page) == 1) || want != "" && page[0].ID != want {
				t.Errorf("%s: %v, %v", status, page, err)
			}
		}
	}
	if page, _, err := s.Assets(ctx, mia, AssetFilter{Status: Unavailable}, "", 50); len(page) != 2 || err != nil {
		t.Errorf("at no instant: %d, %v", len(page), err)
	}
}

func TestAnAssetIsReferredToByWhoSeesIt(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	a := done(s.Create(ctx, mia, camry(), now))(t)
	far, stranger := mia, mia
	far.Locations, stranger.Workspace = []string{"loc_9"}, "w2"
	for who, tt := range map[string]struct {
		actor access.Actor
		sees  bool
	}{"somebody": {mia, true}, "somebody far away": {far, false}, "a stranger": {stranger, false}} {
		if err := s.Seen(ctx, tt.actor, a.ID); (err == nil) != tt.sees || err != nil && fault.CodeOf(err) != "asset.not_found" {
			t.Errorf("%s: %v", who, err)
		}
	}
	op := done(s.Refer(ctx, "w", a.ID))(t)
	if op.Item.Key != assetKey("w", a.ID) || op.Item.Version != a.Version {
		t.Errorf("got %+v", op)
	}
	done(s.Archive(ctx, mia, a.ID, 0, now))(t)
	if err := s.Table.Write(ctx, op); fault.KindOf(err) != fault.Conflict {
		t.Errorf("archived meanwhile: %v", err)
	}
	if _, err := s.Refer(ctx, "w", a.ID); fault.CodeOf(err) != "asset.archived" {
		t.Errorf("archived: %v", err)
	}
}

// mentions are what refers to assets; meanwhile is done while somebody looks.
type mentions struct {
	s         *Service
	meanwhile []func()
}

func mention(id string) table.Item {
	return table.Item{Key: table.Key{PK: assetPK("w", id), SK: "MENTION"}, Doc: []byte("1")}
}

func (m *mentions) To(ctx context.Context, workspace, id string) (by []string, err error) {
	if _, err = m.s.Table.Get(ctx, mention(id).Key); err == nil {
		by = []string{"mentions"}
	}
	if len(m.meanwhile) > 0 {
		now := m.meanwhile[0]
		m.meanwhile = m.meanwhile[1:]
		now()
	}
	return by, nil
}

// TestAnAssetIsEitherDeletedOrReferredTo in whatever order the two are done: the
// reference is asked for, and written, at each moment of the deletion.
func TestAnAssetIsEitherDeletedOrReferredTo(t *testing.T) {
	t.Parallel()
	const before, first, second, after = 0, 1, 2, 3 // when: deletion looks for references twice
	for _, asked := range []int{before, first, second, after} {
		for written := asked; written <= after; written++ {
			s, ctx := newService(t), t.Context()
			a := done(s.Create(ctx, mia, camry(), now))(t)
			var op table.Op
			var refused, lost error
			moment := func(n int) func() {
				return func() {
					if n == asked {
						op, refused = s.Refer(ctx, "w", a.ID)
					}
					if n == written && refused == nil {
						lost = s.Table.Write(ctx, op, table.Put(mention(a.ID)))
					}
				}
			}
			s.References = &mentions{s, []func(){moment(first), moment(second)}}
			moment(before)()
			err := s.Delete(ctx, mia, a.ID, 0, now)
			moment(after)()
			_, there := s.Asset(ctx, "w", a.ID)
			referred := refused == nil && lost == nil
			if deleted := err == nil; deleted == referred || deleted != (there != nil) || !deleted && fault.CodeOf(err) != "asset.in_use" {
				t.Errorf("asked at %d, written at %d: deleted %v, referred to %v (%v, %v), there %v", asked, written, err, referred, refused, lost, there)
			}
		}
	}
}

func TestADeletionThatWasGivenUpHindersNobody(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	a := done(s.Create(ctx, mia, camry(), now))(t)
	if err := s.close(ctx, a); err != nil {
		t.Fatal(err)
	}
	op := done(s.Refer(ctx, "w", a.ID))(t)
	if err := s.Table.Write(ctx, op); err != nil {
		t.Fatal(err)
	}
	done(s.Edit(ctx, mia, a.ID, func(d *AssetDetails) error { d.Colour = "red"; return nil }, 0, now))(t)
	if op := done(s.Refer(ctx, "w", a.ID))(t); op.Item.Doc != nil {
		t.Error("it is still closed")
	}
}
