package photo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/attachment"
	"motorpool/shared/audit"
	"motorpool/shared/blob/embed"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/picture/plain"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

var (
	now = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	mia = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: "wsp_1", Grants: access.All()}
)

// shop is the services that photos need, on one table.
type shop struct {
	*Service
	t     *testing.T
	fleet *fleet.Service
	files *attachment.Service
	table table.Table
	asset string
}

func newShop(t *testing.T) *shop {
	t.Helper()
	clock := func() time.Time { return now }
	tab, ids := tableOf(t, clock), ident.Sortable(clock)
	store, err := embed.Open(embed.Options{Dir: t.TempDir(), BaseURL: "http://127.0.0.1/files", Key: []byte(strings.Repeat("k", 32)), Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	told, noted := &outbox.Service{Table: tab, NewID: ids}, &audit.Service{Table: tab, NewID: ids}
	s := &shop{t: t, table: tab}
	s.files = &attachment.Service{Table: tab, Files: store, Studio: plain.New(), NewID: ids, Now: clock}
	s.fleet = &fleet.Service{Table: tab, NewID: ids, Events: told, Audit: noted, Files: s.files}
	s.Service = &Service{Table: tab, Events: told, Audit: noted, Assets: s.fleet, Files: s.files}
	s.fleet.Photos = s.Service
	s.asset = s.car().ID
	return s
}

func (s *shop) car() *fleet.Asset {
	s.t.Helper()
	a, err := s.fleet.Create(s.t.Context(), mia, fleet.AssetDetails{Type: "car", Make: "Toyota", Model: "Camry"}, now)
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

// pixel is the smallest PNG: one pixel.
const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"

// file uploads a picture that is ready to be used.
func (s *shop) file() string {
	s.t.Helper()
	a, err := s.files.Keep(s.t.Context(), mia, attachment.Draft{Purpose: attachment.Photo, Name: "a.png", Type: attachment.PNG}, strings.NewReader(pixel), now)
	if err != nil {
		s.t.Fatal(err)
	}
	return a.ID
}

// add gives the asset so many photos and returns their ids.
func (s *shop) add(n int) (ids []string) {
	s.t.Helper()
	for i := range n {
		ids = append(ids, s.file())
		if _, err := s.Add(s.t.Context(), mia, s.asset, ids[i], fmt.Sprintf("photo %d", i), 0, now); err != nil {
			s.t.Fatal(err)
		}
	}
	return ids
}

func (s *shop) order() (ids []string) {
	s.t.Helper()
	a, err := s.Album(s.t.Context(), mia, s.asset)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, p := range a.Photos {
		ids = append(ids, p.ID)
	}
	return ids
}

func (s *shop) cover() string {
	s.t.Helper()
	a, err := s.fleet.Asset(s.t.Context(), "wsp_1", s.asset)
	if err != nil {
		s.t.Fatal(err)
	}
	return a.Cover
}

func TestTheFirstPhotoIsTheCover(t *testing.T) {
	t.Parallel()
	s, ctx := newShop(t), t.Context()
	ids := s.add(3)
	if s.cover() != ids[0] || !slices.Equal(s.order(), ids) {
		t.Errorf("got %s %v", s.cover(), s.order())
	}
	if _, err := s.Order(ctx, mia, s.asset, []string{ids[2], ids[0], ids[1]}, 0, now); err != nil || s.cover() != ids[2] {
		t.Errorf("after another order: %s %v", s.cover(), err)
	}
	if _, err := s.Move(ctx, mia, s.asset, ids[0], -5, now); err != nil || s.cover() != ids[0] {
		t.Errorf("after a move: %s %v", s.cover(), err)
	}
	for _, id := range s.order() {
		if _, err := s.Remove(ctx, mia, s.asset, id, 0, now); err != nil {
			t.Fatal(err)
		}
	}
	if s.cover() != "" {
		t.Errorf("without photos the cover is %s", s.cover())
	}
}

func TestAnAssetHasTwentyPhotosAtTheMost(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.add(Max)
	more := s.file()
	if _, err := s.Add(t.Context(), mia, s.asset, more, "", 0, now); fault.CodeOf(err) != "photo.too_many" {
		t.Errorf("got %v", err)
	}
	if a, err := s.files.Attachment(t.Context(), "wsp_1", more); err != nil || a.Owner != "" {
		t.Errorf("the file became the asset's all the same: %+v %v", a, err)
	}
}

func TestWhatChangesPhotosIsToldAndRemembered(t *testing.T) {
	t.Parallel()
	s, ctx := newShop(t), t.Context()
	ids := s.add(2)
	for _, err := range []error{
		second(s.Describe(ctx, mia, s.asset, ids[1], "  the   boot ", 0, now)),
		second(s.Describe(ctx, mia, s.asset, ids[1], "the boot", 0, now)), // says nothing new
		second(s.Order(ctx, mia, s.asset, []string{ids[1], ids[0]}, 0, now)),
		second(s.Remove(ctx, mia, s.asset, ids[0], 0, now)),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var told []string
	list, _, err := s.Events.List(ctx, "wsp_1", outbox.Filter{}, "", 50, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		told = append(told, e.Type)
	}
	want := []string{"asset.photo_removed", "asset.photos_changed", "asset.photos_changed", "asset.photo_added", "asset.photo_added", "asset.created"}
	if !slices.Equal(told, want) {
		t.Errorf("told %v", told)
	}
	entries, _, err := s.fleet.History(ctx, mia, s.asset, "", 50)
	if err != nil || len(entries) != 6 || entries[0].Action != "asset.photo_removed" || entries[0].Actor.ID != "usr_1" {
		t.Errorf("remembered %+v %v", entries, err)
	}
	if a, err := s.files.Attachment(ctx, "wsp_1", ids[0]); err != nil || a.Owner != "" {
		t.Errorf("the removed file is still owned: %+v %v", a, err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestBadChangesOfPhotosAreRefused(t *testing.T) {
	t.Parallel()
	s, ctx := newShop(t), t.Context()
	ids := s.add(2)
	gone := s.car().ID
	if _, err := s.fleet.Archive(ctx, mia, gone, 0, now); err != nil {
		t.Fatal(err)
	}
	other := mia
	other.Workspace = "wsp_2"
	bound := mia
	bound.Locations = []string{"loc_9"}
	for what, tt := range map[string]struct {
		err  error
		code string
	}{
		"another's workspace":      {second(s.Album(ctx, other, s.asset)), "asset.not_found"},
		"adding from elsewhere":    {second(s.Add(ctx, other, s.asset, s.file(), "", 0, now)), "asset.not_found"},
		"from another location":    {second(s.Add(ctx, bound, s.asset, s.file(), "", 0, now)), "asset.not_found"},
		"no such asset":            {second(s.Album(ctx, mia, "ast_x")), "asset.not_found"},
		"no such file":             {second(s.Add(ctx, mia, s.asset, "att_x", "", 0, now)), "attachment.not_found"},
		"another asset's file":     {second(s.Add(ctx, mia, s.car().ID, ids[0], "", 0, now)), "attachment.used"},
		"to what is archived":      {second(s.Add(ctx, mia, gone, s.file(), "", 0, now)), "asset.archived"},
		"a long description":       {second(s.Describe(ctx, mia, s.asset, ids[0], strings.Repeat("x", 301), 0, now)), "photo.alt"},
		"no such photo":            {second(s.Remove(ctx, mia, s.asset, "att_x", 0, now)), "photo.not_found"},
		"an order without all":     {second(s.Order(ctx, mia, s.asset, ids[:1], 0, now)), "photo.order"},
		"an order that names more": {second(s.Order(ctx, mia, s.asset, append(slices.Clone(ids), "att_x"), 0, now)), "photo.order"},
		"one twice":                {second(s.Order(ctx, mia, s.asset, []string{ids[0], ids[0]}, 0, now)), "photo.order"},
		"from a stale copy":        {second(s.Order(ctx, mia, s.asset, []string{ids[1], ids[0]}, 1, now)), "photo.stale"},
	} {
		if fault.CodeOf(tt.err) != tt.code {
			t.Errorf("%s: got %v, want %s", what, tt.err, tt.code)
		}
	}
	if !slices.Equal(s.order(), ids) || s.cover() != ids[0] {
		t.Errorf("something has changed: %v", s.order())
	}
}

func TestManyAddPhotosAtOnce(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	var all sync.WaitGroup
	for range 6 {
		id := s.file()
		all.Go(func() {
			if _, err := s.Add(context.Background(), mia, s.asset, id, "", 0, now); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	ids := s.order()
	if len(ids) != 6 || s.cover() != ids[0] {
		t.Errorf("got %v, cover %s", ids, s.cover())
	}
}

func TestADeletedAssetLetsGoOfItsPhotos(t *testing.T) {
	t.Parallel()
	s, ctx := newShop(t), t.Context()
	ids := s.add(3)
	if err := s.fleet.Delete(ctx, mia, s.asset, 0, now); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if a, err := s.files.Attachment(ctx, "wsp_1", id); err != nil || a.Owner != "" {
			t.Errorf("got %+v %v", a, err)
		}
	}
	if _, err := s.table.Get(ctx, albumKey("wsp_1", s.asset)); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the list is still there: %v", err)
	}
}

func TestACategoryHasOneImage(t *testing.T) {
	t.Parallel()
	s, ctx := newShop(t), t.Context()
	one, two := s.file(), s.file()
	c, err := s.fleet.CreateCategory(ctx, mia, fleet.CategoryDetails{Name: "SUV", Image: one}, now)
	if err != nil || c.Object().Image != one {
		t.Fatalf("got %+v %v", c, err)
	}
	set := func(image string) error {
		return second(s.fleet.EditCategory(ctx, mia, c.ID, func(d *fleet.CategoryDetails) error { d.Image = image; return nil }, 0, now))
	}
	owner := func(id string) string {
		a, err := s.files.Attachment(ctx, "wsp_1", id)
		if err != nil {
			t.Fatal(err)
		}
		return a.Owner
	}
	if err := set(two); err != nil || owner(one) != "" || owner(two) != c.ID {
		t.Errorf("another image: %v, owners %q %q", err, owner(one), owner(two))
	}
	if err := set("att_x"); fault.CodeOf(err) != "category.image" {
		t.Errorf("what is no attachment: %v", err)
	}
	if err := set(s.add(1)[0]); fault.CodeOf(err) != "attachment.used" {
		t.Errorf("an asset's photo: %v", err)
	}
	if err := s.fleet.DeleteCategory(ctx, mia, c.ID, 0, now); err != nil || owner(two) != "" {
		t.Errorf("deleted: %v, owner %q", err, owner(two))
	}
}

// tableOf opens an empty table; package apitest's would be a cycle.
func tableOf(t *testing.T, now func() time.Time) table.Table {
	t.Helper()
	tab := embedtest.Open(t, now)
	return tab
}
