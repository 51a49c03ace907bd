package tracking

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/odometer"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

var (
	now = time.Date(2026, 7, 20, 9, 0, 0, 0, time.UTC)
	mia = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: "w", Grants: access.All()}
)

// yard is assets a, b, … of workspace w, at location loc_a, loc_b, …
type yard struct{ archived string }

func (y *yard) Seen(_ context.Context, actor access.Actor, asset string) error {
	if actor.Workspace != "w" || asset == "none" || !actor.At("loc_"+asset) {
		return fault.New(fault.NotFound, "asset.not_found", "There is no such asset here.")
	}
	return nil
}

func (y *yard) Unit(ctx context.Context, actor access.Actor, asset string) (string, error) {
	return "km", y.Seen(ctx, actor, asset)
}

func (y *yard) Refer(_ context.Context, workspace, asset string) (table.Op, error) {
	if y.archived == asset {
		return table.Op{}, fault.New(fault.Conflict, "asset.archived", "This asset is archived.")
	}
	return table.Check(table.Key{PK: "WS#" + workspace + "#AST#" + asset, SK: "ASSET"}, 0), nil
}

// counted is the odometer, told as the product tells it.
type counted struct{ *odometer.Service }

func (c counted) Drive(ctx context.Context, workspace, asset string, journeys []*Journey) ([]table.Op, error) {
	trips := make([]odometer.Trip, len(journeys))
	for i, j := range journeys {
		trips[i] = odometer.Trip{Device: j.Device, Serial: j.Serial, Start: j.Start, End: j.End, Metres: j.Metres}
	}
	return c.Service.Drive(ctx, workspace, asset, trips)
}

// watched counts what a table is asked.
type watched struct {
	table.Table
	reads, most atomic.Int64
}

func (w *watched) Get(ctx context.Context, k table.Key) (table.Item, error) {
	w.reads.Add(1)
	return w.Table.Get(ctx, k)
}

func (w *watched) Query(ctx context.Context, q table.Query) (table.Page, error) {
	w.reads.Add(1)
	return w.Table.Query(ctx, q)
}

func (w *watched) Write(ctx context.Context, ops ...table.Op) error {
	for n := int64(len(ops)); ; {
		if most := w.most.Load(); n <= most || w.most.CompareAndSwap(most, n) {
			break
		}
	}
	return w.Table.Write(ctx, ops...)
}

type kit struct {
	*Service
	t     *testing.T
	table *watched
	odo   *odometer.Service
}

func newKit(t *testing.T) *kit {
	t.Helper()
	clock := func() time.Time { return now }
	tab := embedtest.Open(t, clock)
	w := &watched{Table: tab}
	ids, y := ident.Sortable(clock), &yard{}
	told, noted := &outbox.Service{Table: w, NewID: ids}, &audit.Service{Table: w, NewID: ids}
	odo := &odometer.Service{Table: w, NewID: ids, Events: told, Audit: noted, Assets: y}
	return &kit{&Service{Table: w, NewID: ids, Events: told, Audit: noted, Assets: y, Odometer: counted{odo}}, t, w, odo}
}

// device adds one, and fits it 30 days ago if asset is not empty.
func (k *kit) device(provider, serial, asset string) *Device {
	k.t.Helper()
	d, err := k.Register(k.t.Context(), mia, Draft{Provider: provider, Serial: serial}, now.AddDate(0, 0, -30))
	if err != nil {
		k.t.Fatal(err)
	}
	if asset != "" {
		d = k.fit(d.ID, asset, now.AddDate(0, 0, -30))
	}
	return d
}

func (k *kit) fit(id, asset string, at time.Time) *Device {
	k.t.Helper()
	d, err := k.Fit(k.t.Context(), mia, id, asset, 0, at)
	if err != nil {
		k.t.Fatal(err)
	}
	return d
}

// drove is a report of a half hour that began minutes before now.
func drove(serial string, minutes int, metres int64) Report {
	start := now.Add(-time.Duration(minutes) * time.Minute)
	return Report{Provider: "acme", Serial: serial, Start: start, End: start.Add(30 * time.Minute), Metres: metres}
}

// send reports trips and returns what became of them, as words.
func (k *kit) send(reports ...Report) (words []string) {
	k.t.Helper()
	results, err := k.Ingest(k.t.Context(), mia, reports, now)
	if err != nil {
		k.t.Fatal(err)
	}
	for _, r := range results {
		word := string(r.Outcome)
		if r.Fault != nil {
			word += " " + fault.CodeOf(r.Fault)
		} else if r.Journey.Ignored != "" {
			word += " " + r.Journey.Ignored
		}
		words = append(words, word)
	}
	return words
}

func (k *kit) sent(want []string, reports ...Report) {
	k.t.Helper()
	if got := k.send(reports...); !slices.Equal(got, want) {
		k.t.Errorf("got %q, want %q", got, want)
	}
}

// driven is what all the trips of an asset add up to, in metres.
func (k *kit) driven(asset string) (sum int64) {
	k.t.Helper()
	uses, err := k.odo.Use(k.t.Context(), mia, asset, now.AddDate(0, 0, -60), now.Add(time.Hour))
	if err != nil {
		k.t.Fatal(err)
	}
	for _, u := range uses {
		sum += u.Metres
	}
	return sum
}

func (k *kit) told(typ string) (n int) {
	k.t.Helper()
	page, _, err := k.Events.List(k.t.Context(), "w", outbox.Filter{Type: typ}, "", 1000, now)
	if err != nil {
		k.t.Fatal(err)
	}
	return len(page)
}

func TestWhatDevicesReport(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.device("acme", "aaa", "a")
	k.device("acme", "idle", "")
	bad := func(change func(*Report)) Report { r := drove("aaa", 300, 1); change(&r); return r }
	k.sent([]string{
		"completed", "completed", "repeated", "refused journey.differs", "ignored impossible", "ignored unassigned", "completed",
		"refused device.unknown", "refused journey.end", "refused journey.end", "refused journey.future", "refused journey.old",
		"refused journey.metres", "refused journey.metres", "refused journey.place", "refused journey.place", "refused device.unknown",
	},
		drove("aaa", 600, 130_000), drove(" AAA ", 500, 20_000), drove("aaa", 500, 20_000), drove("aaa", 500, 20_001),
		drove("aaa", 450, 130_001), drove("idle", 450, 10), drove("aaa", 31, 0), drove("bbb", 40, 1),
		bad(func(r *Report) { r.End = r.Start }), bad(func(r *Report) { r.End = r.Start.Add(24*time.Hour + time.Second) }),
		bad(func(r *Report) { r.End = now.Add(6 * time.Minute) }), bad(func(r *Report) { r.Start, r.End = r.Start.AddDate(0, -14, 0), r.End.AddDate(0, -14, 0) }),
		bad(func(r *Report) { r.Metres = -1 }), bad(func(r *Report) { r.Metres = farthest + 1 }),
		bad(func(r *Report) { r.From = &Position{"91", "0"} }), bad(func(r *Report) { r.To = &Position{"1e1", "0"} }),
		bad(func(r *Report) { r.Provider = "other" }))
	k.sent([]string{"repeated", "repeated impossible"}, drove("aaa", 600, 130_000), drove("aaa", 450, 130_001))
	if got := k.driven("a"); got != 150_000 {
		t.Errorf("%d m were driven, want 150,000", got)
	}
	if c, i := k.told("journey.completed"), k.told("journey.ignored"); c != 3 || i != 2 {
		t.Errorf("told of %d completed and %d ignored, want 3 and 2", c, i)
	}
	all, _, err := k.OfAsset(t.Context(), mia, "a", "", 0)
	if err != nil || len(all) != 4 || all[1].Ignored != Impossible || !all[0].Start.After(all[1].Start) {
		t.Errorf("got %v, %v; want four, the ignored one among them, the latest first", all, err)
	}
	for _, n := range []int{0, MaxReports + 1} {
		if _, err := k.Ingest(t.Context(), mia, make([]Report, n), now); fault.CodeOf(err) != "tracking.readings" {
			t.Errorf("%d reports: got %v", n, err)
		}
	}
}

func TestAWorkspaceSaysWhatItBelieves(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.device("acme", "aaa", "a")
	for _, bad := range []int64{0, 9_999, 1_000_001} {
		if _, err := k.Believe(t.Context(), mia, Rules{bad}, now); fault.CodeOf(err) != "tracking.metres_per_30_minutes" {
			t.Errorf("%d: got %v", bad, err)
		}
	}
	if _, err := k.Believe(t.Context(), mia, Rules{50_000}, now); err != nil {
		t.Fatal(err)
	}
	k.sent([]string{"completed", "ignored impossible"}, drove("aaa", 600, 50_000), drove("aaa", 500, 50_001))
}

func TestPlacesAreKeptAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"-33.86882": "-33.868820", "0": "0.000000", "-0.000001": "-0.000001", "90": "90.000000", "7.5": "7.500000"} {
		if n, ok := degrees(in, 90); !ok || written(n) != want {
			t.Errorf("%s: got %s, %v", in, written(n), ok)
		}
	}
	for _, bad := range []string{"", "-", ".5", "90.000001", "1.0000001", "+1", "1,5", "--1", "1.-5", "0x1", "NaN", " 1"} {
		if n, ok := degrees(bad, 90); ok {
			t.Errorf("%q was taken as %d", bad, n)
		}
	}
}

// TestALargeBatchIsWrittenInParts sends 500 trips of one device and looks at how
// much is written at once, and what a group costs in reads.
func TestALargeBatchIsWrittenInParts(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.device("acme", "aaa", "a")
	reports := make([]Report, MaxReports)
	for i := range reports {
		start := now.Add(-time.Duration(i+1) * 2 * time.Minute)
		reports[i] = Report{Provider: "acme", Serial: "aaa", Start: start, End: start.Add(time.Minute), Metres: 100}
	}
	first := k.send(reports...)
	if n := len(first); n != MaxReports || slices.ContainsFunc(first, func(w string) bool { return w != "completed" }) {
		t.Errorf("%d results, not all completed", n)
	}
	if most := k.table.most.Load(); most > table.MaxOps {
		t.Errorf("%d ops in one write", most)
	}
	if got := k.driven("a"); got != 50_000 {
		t.Errorf("%d m, want 50,000", got)
	}
	if got := k.send(reports...); slices.ContainsFunc(got, func(w string) bool { return w != "repeated" }) {
		t.Error("not all were repeated")
	}
	if k.driven("a") != 50_000 {
		t.Error("what is sent again is counted again")
	}
	other := newKit(t)
	other.device("acme", "aaa", "a")
	cost := func(reports ...Report) int64 {
		was := other.table.reads.Load()
		other.send(reports...)
		return other.table.reads.Load() - was
	}
	if one, forty := cost(reports[100]), cost(reports[101:141]...); one != forty || one != 6 {
		t.Errorf("one trip costs %d reads, 40 cost %d; want 6: rules, serial number, device, its journeys, and two of the odometer", one, forty)
	}
}

func TestTheSameTripsAreSentByManyAtOnce(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.device("acme", "aaa", "a")
	var reports []Report
	for i := range 20 {
		reports = append(reports, drove("aaa", 60+i*30, 1000))
	}
	var all sync.WaitGroup
	var completed atomic.Int64
	for range 4 {
		all.Go(func() {
			results, err := k.Ingest(t.Context(), mia, reports, now)
			if err != nil {
				t.Error(err)
			}
			for _, r := range results {
				if r.Outcome == Completed {
					completed.Add(1)
				}
			}
		})
	}
	all.Wait()
	if k.driven("a") != 20_000 || completed.Load() != 20 || k.told("journey.completed") != 20 {
		t.Errorf("%d m, %d completed, %d told; want each once", k.driven("a"), completed.Load(), k.told("journey.completed"))
	}
}

func TestBadDevicesAreRefused(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.device("acme", "AAA", "")
	for name, tt := range map[string]struct {
		d    Draft
		code string
	}{
		"no provider":            {Draft{"", "BBB", ""}, "device.provider"},
		"two words":              {Draft{"acme inc", "BBB", ""}, "device.provider"},
		"a long provider":        {Draft{strings.Repeat("a", 31), "BBB", ""}, "device.provider"},
		"no serial":              {Draft{"acme", "", ""}, "device.serial"},
		"a short serial":         {Draft{"acme", "AB", ""}, "device.serial"},
		"a serial with a sign":   {Draft{"acme", "AB#C", ""}, "device.serial"},
		"a serial with a break":  {Draft{"acme", "AB\nC", ""}, "device.serial"},
		"a long label":           {Draft{"acme", "BBB", strings.Repeat("x", 101)}, "device.label"},
		"a serial that is taken": {Draft{"acme", " aaa ", ""}, "device.serial_taken"},
	} {
		if _, err := k.Register(t.Context(), mia, tt.d, now); fault.CodeOf(err) != tt.code {
			t.Errorf("%s: got %v, want %s", name, err, tt.code)
		}
	}
	k.device("other", "aaa", "") // the same number of another provider
	if all, _, err := k.Devices(t.Context(), mia, Filter{Q: "aa"}, "", 0); err != nil || len(all) != 2 {
		t.Errorf("got %v, %v", all, err)
	}
	if _, err := k.Device(t.Context(), mia, fmt.Sprint("dev_", 1)); fault.CodeOf(err) != "device.not_found" {
		t.Errorf("got %v", err)
	}
}
