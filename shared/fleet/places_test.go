package fleet

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/location"
)

// places gives the service locations with these names, and returns their ids.
func places(t *testing.T, s *Service, names ...string) (l *location.Service, ids []string) {
	t.Helper()
	l = &location.Service{
		Table: s.Table, NewID: s.NewID, Events: s.Events, Audit: s.Audit, Uses: []location.Uses{s},
		Zone: func(context.Context, string) (string, error) { return "UTC", nil },
	}
	s.Locations = l
	for _, name := range names {
		ids = append(ids, done(l.Create(t.Context(), mia, location.Details{Name: name}, now))(t).ID)
	}
	return l, ids
}

func at(home string) AssetDetails {
	d := camry()
	d.HomeLocation = home
	return d
}

func TestATransferIsRememberedWithTheAssetAndBothLocations(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	_, ids := places(t, s, "Airport", "City")
	a := done(s.Create(ctx, mia, at(ids[0]), now))(t)
	if a.CurrentLocation != ids[0] || !a.LocatedAt.Equal(now) || !slices.Equal(a.AvailableAt(), ids[:1]) {
		t.Errorf("a new one is at home: got %+v", a)
	}
	metres := int64(48_211_000)
	way := Way{At: now.Add(time.Hour), Odometer: &metres, Reason: " long weekend "}
	b := done(s.Transfer(ctx, mia, a.ID, ids[1], way, a.Version, now.Add(2*time.Hour)))(t)
	if b.CurrentLocation != ids[1] || b.HomeLocation != ids[0] || !b.LocatedAt.Equal(way.At) || b.Version != 2 {
		t.Errorf("got %+v", b)
	}
	done(s.Edit(ctx, mia, a.ID, func(d *AssetDetails) error { d.CurrentLocation = ""; return nil }, 0, now.Add(3*time.Hour)))(t)
	list, _, err := s.Transfers(ctx, mia, a.ID, "", 10)
	if err != nil || len(list) != 2 {
		t.Fatalf("got %+v, %v", list, err)
	}
	if tr := list[1]; tr.From != ids[0] || tr.To != ids[1] || *tr.Odometer != metres || tr.Reason != "long weekend" || !tr.At.Equal(way.At) || tr.Actor.ID != "usr_1" {
		t.Errorf("the first: %+v", tr)
	}
	if tr := list[0]; tr.From != ids[1] || tr.To != ids[0] || !tr.At.Equal(now.Add(3*time.Hour)) {
		t.Errorf("what an edit moved: %+v", tr)
	}
	for _, id := range ids {
		if there, _, err := s.TransfersAt(ctx, mia, id, "", 10); err != nil || len(there) != 2 || there[0].ID != list[0].ID {
			t.Errorf("at %s: got %+v, %v", id, there, err)
		}
	}
	if err := s.Delete(ctx, mia, a.ID, 0, now); fault.CodeOf(err) != "asset.in_use" {
		t.Errorf("deleting what has a history: %v", err)
	}
}

func TestABadTransferIsRefused(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	l, ids := places(t, s, "Airport", "City", "Closed")
	done(l.Deactivate(ctx, mia, ids[2], 0, now))(t)
	a := done(s.Create(ctx, mia, at(ids[0]), now))(t)
	bare := done(s.Create(ctx, mia, camry(), now))(t)
	gone := done(s.Create(ctx, mia, at(ids[0]), now))(t)
	done(s.Archive(ctx, mia, gone.ID, 0, now))(t)
	below, beyond := int64(-1), int64(maxOdometer+1)
	for _, tt := range []struct {
		name, asset, to string
		way             Way
		code            string
	}{
		{"where it is", a.ID, ids[0], Way{}, "transfer.to"},
		{"nowhere", a.ID, "", Way{}, "transfer.to"},
		{"no location", a.ID, "loc_00000000000000000000000009", Way{}, "asset.location"},
		{"one that is not active", a.ID, ids[2], Way{}, "location.inactive"},
		{"tomorrow", a.ID, ids[1], Way{At: now.Add(time.Second)}, "transfer.at"},
		{"before it came", a.ID, ids[1], Way{At: now.Add(-time.Second)}, "transfer.at"},
		{"a negative odometer", a.ID, ids[1], Way{Odometer: &below}, "transfer.odometer"},
		{"an odometer beyond", a.ID, ids[1], Way{Odometer: &beyond}, "transfer.odometer"},
		{"an odd reason", a.ID, ids[1], Way{Reason: "\x00"}, "transfer.reason"},
		{"what belongs nowhere", bare.ID, ids[1], Way{}, "transfer.to"},
		{"what is archived", gone.ID, ids[1], Way{}, "asset.archived"},
		{"no asset", "ast_x", ids[1], Way{}, "asset.not_found"},
	} {
		if _, err := s.Transfer(ctx, mia, tt.asset, tt.to, tt.way, 0, now); fault.CodeOf(err) != tt.code {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.code)
		}
	}
	s.Zone = func(context.Context, string) (*time.Location, error) { return time.FixedZone("AEDT", 11*3600), nil }
	if _, err := s.Transfer(ctx, mia, a.ID, ids[1], Way{At: now.Add(-time.Second)}, 0, now); err == nil || !strings.Contains(err.Error(), "1 March 2026, 20:00 AEDT") {
		t.Errorf("not in the workspace's time: %v", err)
	}
	if _, err := s.Transfer(ctx, mia, a.ID, ids[1], Way{}, 9, now); fault.CodeOf(err) != "asset.stale" {
		t.Errorf("from a stale copy: %v", err)
	}
	if list, _, err := s.Transfers(ctx, mia, a.ID, "", 10); err != nil || len(list) != 0 {
		t.Errorf("something was remembered: %v, %v", list, err)
	}
}

func TestALocationWithVehiclesStaysActive(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	l, ids := places(t, s, "Airport", "City")
	a := done(s.Create(ctx, mia, at(ids[0]), now))(t)
	if _, err := l.Deactivate(ctx, mia, ids[0], 0, now); fault.CodeOf(err) != "location.in_use" {
		t.Errorf("got %v", err)
	}
	done(s.Archive(ctx, mia, a.ID, 0, now))(t)
	done(l.Deactivate(ctx, mia, ids[0], 0, now))(t)
	if _, err := s.Create(ctx, mia, at(ids[0]), now); fault.CodeOf(err) != "location.inactive" {
		t.Errorf("a new one where nothing may be: %v", err)
	}
	back := done(s.Duplicate(ctx, mia, a.ID, With{}, now))(t)
	if len(back.Places()) != 0 || !back.LocatedAt.IsZero() {
		t.Errorf("what returns is at a closed location: %+v", back)
	}
}

func TestManyAreAssignedAtOnce(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	_, ids := places(t, s, "Airport", "City")
	a := done(s.Create(ctx, mia, camry(), now))(t)
	b := done(s.Create(ctx, mia, at(ids[0]), now))(t)
	gone := done(s.Create(ctx, mia, camry(), now))(t)
	done(s.Archive(ctx, mia, gone.ID, 0, now))(t)
	available := ids
	got := done(s.Assign(ctx, mia, Assignment{Assets: []string{a.ID, gone.ID, "ast_x", b.ID}, Home: &ids[1], Available: &available}, now))(t)
	codes := make([]string, len(got))
	for i, one := range got {
		if one.Fault != nil {
			codes[i] = one.Fault.Code
		}
	}
	if !slices.Equal(codes, []string{"", "asset.archived", "asset.not_found", ""}) {
		t.Errorf("got %v", codes)
	}
	if a := got[0].Asset; a.HomeLocation != ids[1] || a.CurrentLocation != ids[1] || !slices.Equal(a.AvailableLocations, ids) {
		t.Errorf("the first: %+v", a)
	}
	if b := got[3].Asset; b.HomeLocation != ids[1] || b.CurrentLocation != ids[0] {
		t.Errorf("it is still where it was: %+v", b)
	}
	none, wrong := "", "loc_00000000000000000000000009"
	for _, tt := range []struct {
		name string
		as   Assignment
		code string
	}{
		{"nothing", Assignment{Assets: []string{a.ID}}, "assignment.empty"},
		{"no asset", Assignment{Home: &ids[0]}, "assignment.assets"},
		{"one twice", Assignment{Assets: []string{a.ID, a.ID}, Home: &ids[0]}, "assignment.assets"},
		{"too many", Assignment{Assets: make([]string, 101), Home: &ids[0]}, "assignment.assets"},
		{"no home but a place", Assignment{Assets: []string{a.ID}, Home: &none, Current: &ids[0]}, "assignment.home_location"},
		{"no id", Assignment{Assets: []string{a.ID}, Home: &a.ID}, "assignment.home_location"},
		{"no location", Assignment{Assets: []string{a.ID}, Current: &wrong}, "asset.location"},
	} {
		if _, err := s.Assign(ctx, mia, tt.as, now); fault.CodeOf(err) != tt.code {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.code)
		}
	}
}

func TestWhoIsBoundToALocationSeesItsVehiclesOnly(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	_, ids := places(t, s, "Airport", "City", "Harbour")
	cat := done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "Sedan"}, now))(t)
	mine := map[string]bool{}
	add := func(seen bool, number string, say func(*AssetDetails)) *Asset {
		d := camry()
		d.Number, d.Categories = number, []string{cat.ID}
		say(&d)
		a := done(s.Create(ctx, mia, d, now))(t)
		mine[a.ID] = seen
		return a
	}
	add(true, "A1", func(d *AssetDetails) { d.HomeLocation = ids[1] })
	add(true, "A2", func(d *AssetDetails) { d.HomeLocation, d.CurrentLocation = ids[0], ids[1] })
	add(true, "A3", func(d *AssetDetails) { d.HomeLocation, d.AvailableLocations = ids[0], []string{ids[0], ids[1]} })
	hidden := add(false, "A4", func(d *AssetDetails) { d.HomeLocation = ids[0] })
	add(false, "A5", func(*AssetDetails) {})
	one, two := mia, mia
	one.Locations, two.Locations = []string{ids[1]}, []string{ids[1], ids[2]}
	for _, who := range []access.Actor{one, two} {
		for name, f := range map[string]AssetFilter{
			"all": {}, "by number": {ByNumber: true}, "by text": {Q: "a"}, "by category": {Category: cat.ID}, "by location": {Location: ids[1]},
		} {
			list, _, err := s.Assets(ctx, who, f, "", 50)
			if err != nil || len(list) != 3 {
				t.Errorf("%s: got %d, %v", name, len(list), err)
			}
			for _, a := range list {
				if !mine[a.ID] {
					t.Errorf("%s: %s is listed", name, a.Number)
				}
			}
		}
		if list, _, err := s.Assets(ctx, who, AssetFilter{Location: ids[0]}, "", 50); err != nil || slices.ContainsFunc(list, func(a *Asset) bool { return !mine[a.ID] }) {
			t.Errorf("those of another location: %v, %v", list, err)
		}
	}
	id := hidden.ID
	_, e1 := s.Find(ctx, one, id)
	_, e2 := s.Edit(ctx, one, id, func(d *AssetDetails) error { d.HomeLocation = ids[1]; return nil }, 0, now)
	_, e3 := s.Archive(ctx, one, id, 0, now)
	_, e4 := s.SwitchBooking(ctx, one, id, true, 0, now)
	_, e5 := s.Duplicate(ctx, one, id, With{}, now)
	_, e6 := s.Transfer(ctx, one, id, ids[1], Way{}, 0, now)
	_, _, e7 := s.Transfers(ctx, one, id, "", 10)
	_, _, e8 := s.History(ctx, one, id, "", 10)
	e9 := s.Delete(ctx, one, id, 0, now)
	for i, err := range []error{e1, e2, e3, e4, e5, e6, e7, e8, e9} {
		if fault.CodeOf(err) != "asset.not_found" {
			t.Errorf("question %d about what is elsewhere: got %v", i+1, err)
		}
	}
	if list, _, err := s.TransfersAt(ctx, one, ids[0], "", 10); err != nil || len(list) != 0 {
		t.Errorf("transfers elsewhere: %v, %v", list, err)
	}
	if _, err := s.Create(ctx, one, camry(), now); fault.CodeOf(err) != "asset.home_location" {
		t.Errorf("one that they would not see: %v", err)
	}
	if _, err := s.Create(ctx, one, at(ids[0]), now); fault.CodeOf(err) != "asset.location" {
		t.Errorf("one elsewhere: %v", err)
	}
	if _, err := s.Merge(ctx, one, cat.ID, cat.ID, now); fault.KindOf(err) != fault.Denied {
		t.Errorf("a merge: %v", err)
	}
	if m, err := s.Find(ctx, mia, id); err != nil || m.Version != 1 {
		t.Errorf("it was changed: %+v, %v", m, err)
	}
}
