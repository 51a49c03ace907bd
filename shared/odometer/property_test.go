package odometer

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/fault"
)

// model is the rules of the package comment, reckoned anew from everything that
// is known each time, which the service never does.
type model struct {
	readings []*Reading
	trips    []Trip
}

func (m *model) at(t time.Time) (metres, total int64, ok bool) {
	var prev, next *Reading
	prevTotal := int64(0)
	for _, r := range m.readings {
		if r.ReadAt.After(t) {
			next = r
			break
		}
		switch {
		case prev == nil:
			prevTotal = r.Metres
		case r.Replaced:
			prevTotal += driven(m.trips, prev.ReadAt, r.ReadAt)
		default:
			prevTotal += r.Metres - prev.Metres
		}
		prev = r
	}
	if prev == nil {
		return 0, 0, false
	}
	since := driven(m.trips, prev.ReadAt, t)
	if next != nil && !next.Replaced {
		since = min(since, next.Metres-prev.Metres)
	}
	return prev.Metres + since, prevTotal + since, true
}

func (m *model) add(r *Reading) {
	m.readings = append(m.readings, r)
	slices.SortFunc(m.readings, func(a, b *Reading) int { return a.ReadAt.Compare(b.ReadAt) })
}

func (m *model) remove(id string) {
	m.readings = slices.DeleteFunc(m.readings, func(r *Reading) bool { return r.ID == id })
}

// TestWhateverIsReadAndDrivenTheSumsAreRight lets one odometer live: readings in
// any order, new clusters, trips that come late, deletions and corrections. After
// each it must show what the model says, now and at every instant, and totals
// must not fall.
func TestWhateverIsReadAndDrivenTheSumsAreRight(t *testing.T) {
	t.Parallel()
	s, run := newService(t), 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		m, asset := &model{}, fmt.Sprint("a", run)
		for range rapid.IntRange(3, 12).Draw(rt, "steps") {
			s.live(rt, t, m, asset)
			m.compare(rt, t, s, asset)
		}
	})
}

func (s *Service) live(rt *rapid.T, t *testing.T, m *model, asset string) {
	n := func(label string, low, high int) int { return rapid.IntRange(low, high).Draw(rt, label) }
	switch verb := n("verb", 0, 6); {
	case verb <= 1:
		one := trip("d", -n("start", 100, 2000), n("long", 1, 90), int64(n("metres", 0, 90_000)))
		one.Start = one.Start.Add(time.Duration(len(m.trips)) * time.Second) // each begins at its own second
		if err := s.drive(t.Context(), asset, one, one); err != nil {
			rt.Fatal(err)
		}
		m.trips = append(m.trips, one)
	case verb <= 4 || len(m.readings) == 0:
		d := at(-n("read", 0, 2000), int64(n("km", 0, 400)))
		d.Confirm = true
		if d.Replaced = n("replaced", 0, 3) == 0; d.Replaced {
			d.Note = "cluster replaced"
		}
		r, _, err := s.Record(t.Context(), mia, asset, d, now)
		if err == nil {
			m.add(r)
		} else if fault.KindOf(err) != fault.Conflict {
			rt.Fatal(err)
		}
	case verb == 5:
		r := m.readings[n("which", 0, len(m.readings)-1)]
		err := s.Delete(t.Context(), mia, asset, r.ID, 0, now)
		if fault.CodeOf(err) == "odometer.segment" {
			return
		}
		if err != nil {
			rt.Fatal(err)
		}
		m.remove(r.ID)
		if n("again", 0, 1) == 0 {
			return
		}
		d := Draft{Value: r.Value, ReadAt: r.ReadAt, Replaced: r.Replaced, Note: "as it was", Confirm: true}
		again, _, err := s.Record(t.Context(), mia, asset, d, now)
		if err != nil {
			rt.Fatalf("deleted and read again: %v", err)
		}
		m.add(again)
	default:
		r := m.readings[n("which", 0, len(m.readings)-1)]
		by, _, err := s.Supersede(t.Context(), mia, asset, r.ID, Correction{int64(n("km", 0, 400)), "misread", true}, 0, now)
		if err == nil {
			m.remove(r.ID)
			m.add(by)
		} else if fault.KindOf(err) != fault.Conflict {
			rt.Fatal(err)
		}
	}
}

func (m *model) compare(rt *rapid.T, t *testing.T, s *Service, asset string) {
	before := int64(-1 << 62)
	for minutes := -2100; minutes <= 0; minutes += 150 {
		at := now.Add(time.Duration(minutes) * time.Minute)
		metres, total, ok := m.at(at)
		p, _, err := s.At(t.Context(), mia, asset, at)
		if (err == nil) != ok || p.Metres != metres || p.Total != total {
			rt.Fatalf("%d minutes from now: got %+v, %v; want %d, %d in all, known: %v", minutes, p, err, metres, total, ok)
		}
		if ok && total < before {
			rt.Fatalf("the total fell from %d to %d", before, total)
		} else if ok {
			before = total
		}
	}
	metres, total, ok := m.at(now)
	if p, _, err := s.Now(t.Context(), mia, asset); (err == nil) != ok || p.Metres != metres || p.Total != total {
		rt.Fatalf("now: got %+v, %v; want %d, %d in all", p, err, metres, total)
	}
}

// TestTheOrderInWhichTripsArriveDoesNotMatter counts the same trips twice, in
// different orders, round the same readings.
func TestTheOrderInWhichTripsArriveDoesNotMatter(t *testing.T) {
	t.Parallel()
	s, run := newService(t), 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		var trips []Trip
		for i := range rapid.IntRange(1, 6).Draw(rt, "trips") {
			trips = append(trips, trip("d", -rapid.IntRange(60, 3000).Draw(rt, "start")*7+i, 30, rapid.Int64Range(0, 50_000).Draw(rt, "metres")))
		}
		shuffled := rapid.Permutation(trips).Draw(rt, "order")
		split := rapid.IntRange(0, len(trips)).Draw(rt, "split")
		var points [2]Point
		for i, order := range [][]Trip{trips, shuffled} {
			asset := fmt.Sprint("o", run, "-", i)
			if err := s.drive(t.Context(), asset, order[:split]...); err != nil {
				rt.Fatal(err)
			}
			s.record(t, asset, at(-20_000, 1000))
			d := at(-9_000, 7)
			d.Replaced, d.Note = true, "cluster replaced"
			s.record(t, asset, d)
			if err := s.drive(t.Context(), asset, order[split:]...); err != nil {
				rt.Fatal(err)
			}
			p, _, err := s.Now(t.Context(), mia, asset)
			if err != nil {
				rt.Fatal(err)
			}
			p.Last.ID = ""
			points[i] = p
		}
		if points[0] != points[1] {
			rt.Errorf("got %+v and %+v", points[0], points[1])
		}
	})
}
