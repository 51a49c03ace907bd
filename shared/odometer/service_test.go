package odometer

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

var mia = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: "w", Grants: access.All()}

// yard is assets that count kilometres, except those whose name begins with mi.
// The actor of another workspace finds none.
type yard struct{ archived bool }

func (y *yard) Unit(_ context.Context, actor access.Actor, asset string) (string, error) {
	switch {
	case !strings.HasPrefix(actor.Workspace, "w") || asset == "none":
		return "", fault.New(fault.NotFound, "asset.not_found", "There is no such asset here.")
	case strings.HasPrefix(asset, "mi"):
		return "mi", nil
	}
	return "km", nil
}

func (y *yard) Refer(_ context.Context, workspace, asset string) (table.Op, error) {
	if y.archived {
		return table.Op{}, fault.New(fault.Conflict, "asset.archived", "This asset is archived.")
	}
	return table.Check(table.Key{PK: "WS#" + workspace + "#AST#" + asset, SK: "ASSET"}, 0), nil
}

func newService(t *testing.T) *Service {
	t.Helper()
	clock := func() time.Time { return now }
	tab := embedtest.Open(t, clock)
	ids := ident.Sortable(clock)
	return &Service{
		Table: tab, NewID: ids, Assets: &yard{},
		Events: &outbox.Service{Table: tab, NewID: ids}, Audit: &audit.Service{Table: tab, NewID: ids},
	}
}

// at is a draft of a reading some minutes from now (before it, as a rule).
func at(minutes int, km int64) Draft {
	return Draft{Value: km, ReadAt: now.Add(time.Duration(minutes) * time.Minute)}
}

func (s *Service) record(t *testing.T, asset string, d Draft) *Reading {
	t.Helper()
	r, _, err := s.Record(t.Context(), mia, asset, d, now)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// drive counts trips as tracking does, one write a day.
func (s *Service) drive(ctx context.Context, asset string, trips ...Trip) error {
	for _, one := range trips {
		for {
			ops, err := s.Drive(ctx, "w", asset, []Trip{one})
			if err == nil && len(ops) > 0 {
				err = s.Table.Write(ctx, ops...)
			}
			if _, clash := errors.AsType[*table.Conflict](err); clash {
				continue
			}
			if err != nil {
				return err
			}
			break
		}
	}
	return nil
}

func (s *Service) shows(t *testing.T, asset string, km, total int64, estimated bool) {
	t.Helper()
	p, _, err := s.Now(t.Context(), mia, asset)
	if err != nil || p.Metres != km*1000 || p.Total != total*1000 || p.Estimated != estimated {
		t.Errorf("got %+v, %v; want %d km, %d in all, estimated: %v", p, err, km, total, estimated)
	}
}

func (s *Service) showed(t *testing.T, asset string, minutes int, km, total int64) {
	t.Helper()
	p, _, err := s.At(t.Context(), mia, asset, now.Add(time.Duration(minutes)*time.Minute))
	if err != nil || p.Metres != km*1000 || p.Total != total*1000 {
		t.Errorf("%d minutes from now: got %+v, %v; want %d km, %d in all", minutes, p, err, km, total)
	}
}

func TestAnEstimateIsTheLastReadingAndTheTripsSince(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	if _, _, err := s.Now(ctx, mia, "a"); fault.CodeOf(err) != "odometer.unknown" {
		t.Errorf("never read: got %v", err)
	}
	if err := s.drive(ctx, "a", trip("d", -600, 30, 20_000), trip("d", -100, 60, 30_000)); err != nil {
		t.Fatal(err)
	}
	first := s.record(t, "a", at(-400, 1000))
	s.shows(t, "a", 1030, 1030, true)
	s.showed(t, "a", -70, 1015, 1015)
	if _, _, err := s.At(ctx, mia, "a", now.Add(-401*time.Minute)); fault.CodeOf(err) != "odometer.unknown" {
		t.Errorf("before the first reading: got %v", err)
	}
	second := s.record(t, "a", at(-20, 1025)) // less than was estimated: that corrects the drift
	s.shows(t, "a", 1025, 1025, false)
	s.showed(t, "a", -40, 1025, 1025) // and no estimate runs past it
	if err := s.Delete(ctx, mia, "a", second.ID, 0, now); err != nil {
		t.Fatal(err)
	}
	s.shows(t, "a", 1030, 1030, true)
	if err := s.Delete(ctx, mia, "a", first.ID, 0, now); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Now(ctx, mia, "a"); fault.CodeOf(err) != "odometer.unknown" {
		t.Errorf("all deleted: got %v", err)
	}
}

func TestTheTotalGoesOnThroughANewCluster(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	s.record(t, "a", at(-1000, 90_000))
	if err := s.drive(ctx, "a", trip("d", -900, 60, 40_000)); err != nil {
		t.Fatal(err)
	}
	d := at(-500, 3)
	d.Replaced, d.Note = true, "cluster replaced by the dealer"
	swap := s.record(t, "a", d)
	s.shows(t, "a", 3, 90_040, false)
	last := s.record(t, "a", at(-100, 103))
	s.shows(t, "a", 103, 90_140, false)
	if err := s.drive(ctx, "a", trip("d", -800, 60, 10_000)); err != nil { // it comes late
		t.Fatal(err)
	}
	s.shows(t, "a", 103, 90_150, false)
	mid := s.record(t, "a", at(-650, 90_045)) // less than the estimate of 90,050
	s.shows(t, "a", 103, 90_145, false)
	s.showed(t, "a", -600, 90_045, 90_045)
	if err := s.Delete(ctx, mia, "a", mid.ID, 0, now); err != nil {
		t.Fatal(err)
	}
	s.shows(t, "a", 103, 90_150, false)
	if err := s.Delete(ctx, mia, "a", swap.ID, 0, now); fault.CodeOf(err) != "odometer.segment" {
		t.Errorf("under a later reading: got %v", err)
	}
	if _, total, err := s.Supersede(ctx, mia, "a", swap.ID, Correction{Value: 5, Note: "misread"}, 0, now); err != nil || total != 90_050_000 {
		t.Errorf("got %d, %v; want the total at the change as it was", total, err)
	}
	s.shows(t, "a", 103, 90_148, false)
	if err := s.Delete(ctx, mia, "a", last.ID, 0, now); err != nil {
		t.Fatal(err)
	}
	s.shows(t, "a", 5, 90_050, false)
}

func TestASupersededReadingIsKeptAndDoesNotCount(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	s.Invoices = cited{}
	s.record(t, "a", at(-3000, 100))
	wrong := s.record(t, "a", at(-2000, 900))
	if err := s.Delete(ctx, mia, "a", wrong.ID, 0, now); fault.CodeOf(err) != "odometer.invoiced" {
		t.Errorf("invoiced: got %v", err)
	}
	by, _, err := s.Supersede(ctx, mia, "a", wrong.ID, Correction{Value: 190, Note: "digits swapped"}, 1, now)
	if err != nil {
		t.Fatal(err)
	}
	s.shows(t, "a", 190, 190, false)
	old, _, err := s.Readings(ctx, mia, "a", Superseded, "", 0)
	if err != nil || len(old) != 1 || old[0].ID != wrong.ID || old[0].SupersededBy != by.ID || old[0].Version != 2 {
		t.Errorf("got %+v, %v", old, err)
	}
	for name, err := range map[string]error{
		"once more":    second(first2(s.Supersede(ctx, mia, "a", wrong.ID, Correction{Value: 190, Note: "x"}, 0, now))),
		"and deleted":  s.Delete(ctx, mia, "a", wrong.ID, 0, now),
		"too low":      second(first2(s.Supersede(ctx, mia, "a", by.ID, Correction{Value: 99, Note: "x"}, 0, now))),
		"without note": second(first2(s.Supersede(ctx, mia, "a", by.ID, Correction{Value: 191}, 0, now))),
		"stale":        second(first2(s.Supersede(ctx, mia, "a", by.ID, Correction{Value: 191, Note: "x"}, 9, now))),
		"unknown":      s.Delete(ctx, mia, "a", "odo_x", 0, now),
	} {
		want := map[string]string{"once more": "odometer.superseded", "and deleted": "odometer.superseded", "too low": "odometer.lower", "without note": "odometer.note", "stale": "odometer.stale", "unknown": "odometer.reading_not_found"}[name]
		if fault.CodeOf(err) != want {
			t.Errorf("%s: got %v, want %s", name, err, want)
		}
	}
	var told []string
	page, _, err := s.Events.List(ctx, "w", outbox.Filter{}, "", 0, now)
	for _, e := range page {
		told = append(told, e.Type)
	}
	if slices.Reverse(told); err != nil || !slices.Equal(told, []string{"odometer.recorded", "odometer.recorded", "odometer.superseded", "odometer.recorded"}) {
		t.Errorf("told %v, %v", told, err)
	}
}

func first2[A, B any](a A, _ B, err error) (A, error) { return a, err }

type cited struct{}

func (cited) Cites(context.Context, string, string, string) (bool, error) { return true, nil }

func TestBadReadingsAreRefused(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	s.record(t, "a", at(-600, 1000))
	clerk, stranger := mia, mia
	clerk.Grants, stranger.Workspace = []access.Grant{access.EditAssets}, "other"
	for name, tt := range map[string]struct {
		who    access.Actor
		asset  string
		change func(*Draft)
		code   string
	}{
		"negative":                     {mia, "a", func(d *Draft) { d.Value = -1 }, "odometer.value"},
		"eight digits":                 {mia, "a", func(d *Draft) { d.Value = MaxValue + 1 }, "odometer.value"},
		"a second from now":            {mia, "a", func(d *Draft) { d.ReadAt = now.Add(time.Second) }, "odometer.future"},
		"before cars":                  {mia, "a", func(d *Draft) { d.ReadAt = time.Date(1899, 1, 1, 0, 0, 0, 0, time.UTC) }, "odometer.read_at"},
		"from the device":              {mia, "a", func(d *Draft) { d.Source = "telematics" }, "odometer.source"},
		"a long note":                  {mia, "a", func(d *Draft) { d.Note = strings.Repeat("x", 501) }, "odometer.note"},
		"lower":                        {mia, "a", func(d *Draft) { d.Value = 999 }, "odometer.lower"},
		"higher than later":            {mia, "a", func(d *Draft) { d.Value, d.ReadAt = 1001, now.Add(-700*time.Minute) }, "odometer.higher"},
		"a jump":                       {mia, "a", func(d *Draft) { d.Value = 3001 }, "odometer.jump"},
		"the same second":              {mia, "a", func(d *Draft) { d.ReadAt = now.Add(-600 * time.Minute) }, "odometer.same_instant"},
		"replaced, by a clerk":         {clerk, "a", func(d *Draft) { d.Replaced, d.Note = true, "x" }, "odometer.replaced_denied"},
		"replaced for no reason":       {mia, "a", func(d *Draft) { d.Replaced, d.Note = true, " " }, "odometer.note"},
		"replaced before there was":    {mia, "b", func(d *Draft) { d.Replaced, d.Note = true, "x" }, "odometer.nothing_replaced"},
		"of no asset":                  {mia, "none", func(*Draft) {}, "asset.not_found"},
		"of another workspace's asset": {stranger, "a", func(*Draft) {}, "asset.not_found"},
	} {
		d := at(-10, 1100)
		tt.change(&d)
		if _, _, err := s.Record(ctx, tt.who, tt.asset, d, now); fault.CodeOf(err) != tt.code {
			t.Errorf("%s: got %v, want %s", name, err, tt.code)
		}
	}
	s.Assets.(*yard).archived = true
	if _, _, err := s.Record(ctx, mia, "a", at(-10, 1100), now); fault.CodeOf(err) != "asset.archived" {
		t.Errorf("archived: got %v", err)
	}
	if all, _, err := s.Readings(ctx, mia, "a", Valid, "", 0); err != nil || len(all) != 1 {
		t.Errorf("stored nevertheless: %v, %v", all, err)
	}
	for name, to := range map[string]time.Time{"backwards": now.Add(-1), "nothing": now, "too long": now.Add(maxSpan + 1)} {
		if _, err := s.Use(ctx, mia, "a", now, to); fault.CodeOf(err) != "odometer.span" {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestManyReadAndDriveAtOnce(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	s.record(t, "a", at(-1000, 1000))
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			if err := s.drive(ctx, "a", trip("d", -900+i*30, 30, 1000), trip("d", -900+i*30, 30, 1000)); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() {
			if _, _, err := s.Record(ctx, mia, "a", at(-950+i, 1000), now); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	s.shows(t, "a", 1004, 1004, true)
}
