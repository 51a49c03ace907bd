package fleet

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

var (
	now = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	mia = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: "w"}
)

func newService(t *testing.T) *Service {
	t.Helper()
	return serviceIn(t, t.TempDir())
}

func serviceIn(t *testing.T, dir string) *Service {
	t.Helper()
	clock := func() time.Time { return now }
	tab := embedtest.Open(t, clock)
	ids := ident.Sortable(clock)
	return &Service{
		Table: tab, NewID: ids,
		Events: &outbox.Service{Table: tab, NewID: ids}, Audit: &audit.Service{Table: tab, NewID: ids},
	}
}

func camry() AssetDetails { return AssetDetails{Type: "car", Make: "Toyota", Model: "Camry"} }

// told is every event of the workspace, oldest first.
func told(t *testing.T, s *Service) (types []string) {
	t.Helper()
	for _, e := range allEvents(t, s) {
		types = append(types, e.Type)
	}
	return types
}

func allEvents(t *testing.T, s *Service) (all []outbox.Stored) {
	t.Helper()
	cursor := ""
	for {
		page, next, err := s.Events.List(t.Context(), "w", outbox.Filter{}, cursor, 200, now)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page...)
		if cursor = next; next == "" {
			slices.Reverse(all)
			return all
		}
	}
}

func TestEachVerbTellsWhatItDid(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	cat := done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "Sedan"}, now))(t)
	van := done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "Van"}, now))(t)
	a := done(s.Create(ctx, mia, camry(), now))(t)
	edit := func(f func(*AssetDetails)) {
		t.Helper()
		done(s.Edit(ctx, mia, a.ID, func(d *AssetDetails) error { f(d); return nil }, 0, now))(t)
	}
	edit(func(d *AssetDetails) { d.Colour = "red" })
	edit(func(d *AssetDetails) { d.Categories = []string{cat.ID} })
	edit(func(d *AssetDetails) {
		d.Colour, d.Categories, d.PrimaryCategory = "blue", []string{cat.ID, van.ID}, van.ID
	})
	edit(func(*AssetDetails) {})
	_, ids := places(t, s, "Airport", "City")
	edit(func(d *AssetDetails) { d.HomeLocation = ids[0] })
	edit(func(d *AssetDetails) { d.AvailableLocations = ids })
	done(s.SwitchBooking(ctx, mia, a.ID, true, 0, now))(t)
	done(s.SwitchBooking(ctx, mia, a.ID, true, 0, now))(t)
	done(s.SwitchBooking(ctx, mia, a.ID, false, 0, now))(t)
	done(s.EditCategory(ctx, mia, van.ID, func(d *CategoryDetails) error { d.Name = "Vans"; return nil }, 0, now))(t)
	if _, err := s.Merge(ctx, mia, van.ID, cat.ID, now); err != nil {
		t.Fatal(err)
	}
	b := done(s.Duplicate(ctx, mia, a.ID, With{}, now))(t)
	done(s.Archive(ctx, mia, a.ID, 0, now))(t)
	if err := s.Delete(ctx, mia, b.ID, 0, now); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"category.created", "category.created", "asset.created", "asset.updated", "asset.category_changed",
		"asset.updated", "asset.category_changed", "location.created", "location.created",
		"asset.location_changed", "asset.location_changed", "asset.booking_enabled", "asset.booking_disabled",
		"category.updated", "asset.category_changed", "category.deleted", "asset.duplicated", "asset.archived", "asset.deleted",
	}
	if got := told(t, s); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	for _, l := range events.Catalogue() {
		if (l.Category == "assets" || l.Category == "categories") && !strings.HasPrefix(l.Type, "asset.photo") && l.Type != "asset.imported" && !slices.Contains(want, l.Type) { // the packages photo and importing raise those
			t.Errorf("%s is in the catalogue and nothing raises it", l.Type)
		}
	}
}

// done makes the two results of a verb one.
func done[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestEventsCarryTheObjectAndWhatItWas(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	d := camry()
	d.Registration.Plate = "X 1"
	a := done(s.Create(ctx, mia, d, now))(t)
	done(s.Edit(ctx, mia, a.ID, func(d *AssetDetails) error {
		d.Registration.Plate, d.Colour = "Y 2", "red"
		return nil
	}, 0, now.Add(time.Minute)))(t)
	last := allEvents(t, s)[1]
	env, err := last.Envelope()
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"object":{"id":"ID","registration":{"plate":"Y 2"},"type":"car","make":"Toyota","model":"Camry","colour":"red",` +
		`"distance_unit":"km","categories":[],"booking_enabled":false,"status":"unavailable",` +
		`"created_at":"2026-03-01T09:00:00Z","updated_at":"2026-03-01T09:01:00Z","version":2},"previous":{"colour":null,"registration":{"plate":"X 1"}}}`
	if got := strings.Replace(string(env.Data), a.ID, "ID", 1); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if env.OccurredAt != now.Add(time.Minute) || env.Actor != (events.Actor{Type: "user", ID: "usr_1", Name: "Mia"}) {
		t.Errorf("got %v by %v", env.OccurredAt, env.Actor)
	}
}

func TestSwitchesOfBookingAreKept(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	cat := done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "Sedan"}, now))(t)
	d := camry()
	d.Categories = []string{cat.ID}
	a := done(s.Create(ctx, mia, d, now))(t)
	for i, on := range []bool{true, true, false, true} {
		done(s.SwitchBooking(ctx, mia, a.ID, on, 0, now.AddDate(0, 0, i)))(t)
	}
	done(s.Archive(ctx, mia, a.ID, 0, now.AddDate(0, 0, 9)))(t)
	switches, _, err := s.Switches(ctx, access.Actor{Workspace: "w"}, a.ID, "", 10)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, sw := range switches {
		got = append(got, sw.At.Format("01-02 ")+map[bool]string{true: "on", false: "off"}[sw.On])
	}
	if want := []string{"03-01 on", "03-03 off", "03-04 on", "03-10 off"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// held refuses for every asset but one.
type held struct{ free string }

func (h held) Holds(_ context.Context, _, asset string) error {
	if asset == h.free {
		return nil
	}
	return fault.New(fault.Conflict, "asset.booked", "A booking holds this asset.")
}

func (h held) To(_ context.Context, _, asset string) ([]string, error) {
	if asset == h.free {
		return nil, nil
	}
	return []string{"bookings", "invoices", "inspections"}, nil
}

func TestABookedAssetStays(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	booked, free := done(s.Create(ctx, mia, camry(), now))(t), done(s.Create(ctx, mia, camry(), now))(t)
	s.Bookings, s.References = held{free.ID}, held{free.ID}
	before := len(told(t, s))
	if _, err := s.Archive(ctx, mia, booked.ID, 0, now); fault.CodeOf(err) != "asset.booked" {
		t.Errorf("archived while booked: %v", err)
	}
	err := s.Delete(ctx, mia, booked.ID, 0, now)
	if fault.CodeOf(err) != "asset.in_use" || !strings.Contains(err.Error(), "bookings, invoices and inspections") || !strings.Contains(err.Error(), "Archive it instead") {
		t.Errorf("deleted while referred to: %v", err)
	}
	if n := len(told(t, s)); n != before {
		t.Errorf("%d events of what did not happen", n-before)
	}
	done(s.Archive(ctx, mia, free.ID, 0, now))(t)
	if err := s.Delete(ctx, mia, free.ID, 0, now); err != nil {
		t.Errorf("an archived asset that nothing refers to: %v", err)
	}
}

func TestABrokenOffMergeGoesOn(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	from := done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "From"}, now))(t)
	into := done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "Into"}, now))(t)
	other := done(s.CreateCategory(ctx, mia, CategoryDetails{Name: "Other"}, now))(t)
	d := camry()
	d.Categories = []string{from.ID}
	a := done(s.Create(ctx, mia, d, now))(t)
	if err := s.shut(ctx, from, into.ID); err != nil { // and then the process ends
		t.Fatal(err)
	}
	if _, err := s.Create(ctx, mia, d, now); fault.CodeOf(err) != "category.merging" {
		t.Errorf("a new asset in a category that is merged: %v", err)
	}
	if _, err := s.CreateCategory(ctx, mia, CategoryDetails{Name: "Part", Parent: from.ID}, now); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a new part of a category that is merged: %v", err)
	}
	if err := s.DeleteCategory(ctx, mia, from.ID, 0, now); fault.KindOf(err) != fault.Conflict {
		t.Errorf("deleted in between: %v", err)
	}
	if _, err := s.Merge(ctx, mia, from.ID, other.ID, now); fault.CodeOf(err) != "category.merging" {
		t.Errorf("merged into another: %v", err)
	}
	if _, err := s.Merge(ctx, mia, other.ID, from.ID, now); fault.CodeOf(err) != "category.merging" {
		t.Errorf("something merged into it: %v", err)
	}
	if m, err := s.Merge(ctx, mia, from.ID, into.ID, now); err != nil || m != (Merged{1, true}) {
		t.Fatalf("gone on with: %+v, %v", m, err)
	}
	if a = done(s.Asset(ctx, "w", a.ID))(t); !slices.Equal(a.Categories, []string{into.ID}) {
		t.Errorf("the asset is in %v", a.Categories)
	}
	rest, err := s.Table.Query(ctx, table.Query{PK: categoryPK("w", from.ID)})
	for _, it := range rest.Items {
		if !strings.HasPrefix(it.Key.SK, "EVENT#") && !strings.HasPrefix(it.Key.SK, "AUDIT#") {
			t.Errorf("%s is left of the category", it.Key.SK)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}
