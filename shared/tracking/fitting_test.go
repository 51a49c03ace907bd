package tracking

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

func (k *kit) reload(id string) *Device {
	k.t.Helper()
	d, err := k.load(k.t.Context(), "w", id)
	if err != nil {
		k.t.Fatal(err)
	}
	return d
}

func TestFittingClosesWhatWasBefore(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	one, two := k.device("acme", "one", "a"), k.device("acme", "two", "")
	if d := k.fit(two.ID, "a", now.Add(-time.Hour)); d.Asset() != "a" || !d.fitted().Counts || d.State() != Active {
		t.Errorf("got %+v", d)
	}
	if d := k.reload(one.ID); d.State() != Unassigned || !d.Fittings[0].To.Equal(now.Add(-time.Hour)) {
		t.Errorf("the asset's old device: got %+v", d)
	}
	k.fit(two.ID, "b", now)
	again := k.fit(two.ID, "b", now)
	if again.Version != 3 || len(again.Fittings) != 2 {
		t.Errorf("fitted there twice: got %+v", again)
	}
	if a, u := k.told("device.assigned"), k.told("device.unassigned"); a != 3 || u != 2 {
		t.Errorf("told %d assigned, %d unassigned; want 3, 2", a, u)
	}
	for asset, want := range map[string]int{"a": 0, "b": 1} {
		if all, err := k.Inside(t.Context(), mia, asset); err != nil || len(all) != want {
			t.Errorf("%s has %v, %v", asset, all, err)
		}
	}
}

func TestALateTripIsOfTheAssetThatDrove(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	d := k.device("acme", "one", "a")
	k.fit(d.ID, "b", now.Add(-5*time.Hour))
	k.sent([]string{"completed", "completed", "completed", "completed", "ignored unassigned"},
		drove("one", 600, 1000), drove("one", 500, 2000), drove("one", 200, 4000), drove("one", 100, 8000), drove("one", 60*24*31, 1))
	if a, b := k.driven("a"), k.driven("b"); a != 3000 || b != 12_000 {
		t.Errorf("got %d and %d", a, b)
	}
}

func TestADeviceThatMovesAllDayIsWrittenInParts(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	d := k.device("acme", "one", "a")
	var reports []Report
	for i := range 16 {
		k.fit(d.ID, fmt.Sprint("m", i), now.Add(time.Duration(i-20)*30*time.Minute))
		reports = append(reports, drove("one", (20-i)*30, 1000))
	}
	if got := k.send(reports...); slices.ContainsFunc(got, func(w string) bool { return w != "completed" }) || k.table.most.Load() > table.MaxOps {
		t.Errorf("got %q, %d ops at once", got, k.table.most.Load())
	}
}

func TestOneDeviceOfAnAssetCounts(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	one, two := k.device("acme", "one", "a"), k.device("other", "two", "a")
	other := drove("two", 600, 2000)
	other.Provider = "other"
	k.sent([]string{"completed", "ignored other_device"}, drove("one", 600, 2000), other)
	if _, err := k.Unfit(t.Context(), mia, one.ID, 0, now.Add(-2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if d := k.reload(two.ID); !d.fitted().Counts || len(d.Fittings) != 2 {
		t.Errorf("got %+v; want that it counts now", d)
	}
	other.Start, other.End = other.Start.Add(9*time.Hour), other.End.Add(9*time.Hour)
	k.sent([]string{"completed"}, other)
	if _, err := k.Retire(t.Context(), mia, two.ID, 0, now); err != nil {
		t.Fatal(err)
	}
	k.sent([]string{"refused device.retired"}, func() Report { other.Metres = 1; return other }())
	if d := k.reload(two.ID); d.State() != Retired || d.Asset() != "" {
		t.Errorf("got %+v", d)
	}
	for name, err := range map[string]error{
		"fitted": second(k.Fit(t.Context(), mia, two.ID, "a", 0, now)), "broken": second(k.Mend(t.Context(), mia, two.ID, true, 0, now)),
	} {
		if fault.CodeOf(err) != "device.retired" {
			t.Errorf("retired, then %s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestManyFitAtOnce(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	ids := []string{k.device("acme", "one", "").ID, k.device("acme", "two", "").ID, k.device("other", "thr", "").ID}
	var all sync.WaitGroup
	for i := range 9 {
		all.Go(func() {
			if _, err := k.Fit(t.Context(), mia, ids[i%3], string(rune('a'+i%2)), 0, now); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	seen := map[string]int{}
	for _, asset := range []string{"a", "b"} {
		in, err := k.Inside(t.Context(), mia, asset)
		if err != nil {
			t.Fatal(err)
		}
		providers, counts := map[string]bool{}, 0
		for _, d := range in {
			seen[d.ID]++
			if d.Asset() != asset || providers[d.Provider] {
				t.Errorf("%s: %+v is there, or two of %s", asset, d, d.Provider)
			}
			if providers[d.Provider] = true; d.fitted().Counts {
				counts++
			}
		}
		if counts != min(len(in), 1) {
			t.Errorf("%d devices of %s count", counts, asset)
		}
	}
	for _, id := range ids {
		if d := k.reload(id); seen[id] != map[bool]int{true: 1, false: 0}[d.Asset() != ""] {
			t.Errorf("%+v is in %d assets", d, seen[id])
		}
	}
}

func TestASilentDeviceIsToldOfOnce(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	d := k.device("acme", "one", "")
	k.device("acme", "two", "")
	k.fit(d.ID, "a", now.Add(-25*time.Hour))
	for range 2 {
		if err := k.Hush(t.Context(), "w", now); err != nil {
			t.Fatal(err)
		}
	}
	if d := k.reload(d.ID); d.State() != Stale || k.told("device.stale") != 1 {
		t.Errorf("got %s, told %d times", d.State(), k.told("device.stale"))
	}
	k.sent([]string{"completed"}, drove("one", 24*60+29, 1)) // longer ago than a day
	if d := k.reload(d.ID); d.State() != Active && d.State() != Stale {
		t.Errorf("got %s", d.State())
	}
	k.sent([]string{"completed"}, drove("one", 60, 1))
	if d := k.reload(d.ID); d.State() != Active {
		t.Errorf("heard again: got %s", d.State())
	}
	if err := k.Hush(t.Context(), "w", now.Add(25*time.Hour)); err != nil || k.told("device.stale") != 2 {
		t.Errorf("silent again: %v, told %d times", err, k.told("device.stale"))
	}
}

func TestStrangersAndOtherLocationsSeeNothing(t *testing.T) {
	t.Parallel()
	k, ctx := newKit(t), t.Context()
	d, loose := k.device("acme", "one", "a"), k.device("acme", "two", "")
	k.send(drove("one", 60, 1))
	stranger, beth := mia, mia
	stranger.Workspace, beth.Locations = "x", []string{"loc_b"}
	for _, who := range []access.Actor{stranger, beth} {
		for name, err := range map[string]error{
			"device":  second(k.Device(ctx, who, d.ID)),
			"loose":   second(k.Device(ctx, who, loose.ID)),
			"fit":     second(k.Fit(ctx, who, loose.ID, "b", 0, now)),
			"unfit":   second(k.Unfit(ctx, who, d.ID, 0, now)),
			"retire":  second(k.Retire(ctx, who, d.ID, 0, now)),
			"mend":    second(k.Mend(ctx, who, d.ID, true, 0, now)),
			"inside":  second(k.Inside(ctx, who, "a")),
			"asset":   third(k.OfAsset(ctx, who, "a", "", 0)),
			"ofs":     third(k.OfDevice(ctx, who, d.ID, "", 0)),
			"history": third(k.History(ctx, who, d.ID, "", 0)),
		} {
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if all, _, err := k.Devices(ctx, who, Filter{}, "", 0); err != nil || len(all) != 0 {
			t.Errorf("got %v, %v", all, err)
		}
	}
	anna := mia
	anna.Locations = []string{"loc_a"}
	if all, _, err := k.Devices(ctx, anna, Filter{}, "", 0); err != nil || len(all) != 1 {
		t.Errorf("got %v, %v", all, err)
	}
	results, err := k.Ingest(ctx, stranger, []Report{drove("one", 120, 1)}, now)
	if err != nil || fault.CodeOf(results[0].Fault) != "device.unknown" {
		t.Errorf("got %v, %v", results, err)
	}
}

func third[A, B any](_ A, _ B, err error) error { return err }
