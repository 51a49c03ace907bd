package embed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/table"
)

func isEvent(k table.Key) bool { return strings.HasPrefix(k.SK, "EVENT#") }

func item(pk, sk string) table.Item {
	return table.Item{Key: table.Key{PK: pk, SK: sk}, Doc: json.RawMessage(`{"n":1}`)}
}

func store(t *testing.T, tb *Table, ops ...table.Op) {
	t.Helper()
	if err := tb.Write(t.Context(), ops...); err != nil {
		t.Fatal(err)
	}
}

// follow hands out until n items were taken, and returns them in their order.
// then is called with each batch and may refuse it.
func follow(t *testing.T, tb *Table, n int, then func([]table.Item) error) (sks []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	err := tb.Follow(ctx, func(_ context.Context, batch []table.Item) error {
		if err := then(batch); err != nil {
			return err
		}
		for _, it := range batch {
			sks = append(sks, it.Key.SK)
		}
		if len(sks) >= n {
			cancel()
		}
		return nil
	})
	if err != nil || len(sks) < n {
		t.Fatalf("the feed gave %d of %d items, %v", len(sks), n, err)
	}
	return sks
}

func agreed([]table.Item) error { return nil }

func TestTheFeedHandsOutInTheOrderOfStoring(t *testing.T) {
	t.Parallel()
	tb := open(t, filepath.Join(t.TempDir(), "data"), time.Now, isEvent)
	var want []string
	for i := range 250 {
		sk := fmt.Sprintf("EVENT#%03d", (i*7)%250)
		want = append(want, sk)
		store(t, tb, table.Put(item("WS#w#AST#"+fmt.Sprint(i%3), sk)), table.Put(item("p", fmt.Sprint("OTHER#", i))))
	}
	if got := follow(t, tb, len(want), agreed); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if tb.Backlog() {
		t.Error("there is a backlog after all was taken")
	}
}

func TestTheFeedTakesOnlyWhatIsNew(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	tb := open(t, filepath.Join(t.TempDir(), "data"), func() time.Time { return now }, isEvent)
	it := item("p", "EVENT#1")
	store(t, tb, table.Put(it))
	it.Version = 1
	store(t, tb, table.Put(it)) // a change of an item is no news
	store(t, tb, table.Put(item("p", "EVENT#deleted")))
	store(t, tb, table.Delete(table.Key{PK: "p", SK: "EVENT#deleted"}, 1))
	short := item("p", "EVENT#expired")
	short.Expires = now.Add(time.Second)
	store(t, tb, table.Put(short))
	if err := tb.Write(t.Context(), table.Put(item("p", "EVENT#refused")), table.Put(item("p", "EVENT#1"))); err == nil {
		t.Fatal("a stale write was taken")
	}
	now = now.Add(time.Minute)
	store(t, tb, table.Put(item("p", "EVENT#2")))
	if got := strings.Join(follow(t, tb, 2, agreed), " "); got != "EVENT#1 EVENT#2" {
		t.Errorf("got %q", got)
	}
	if tb.Backlog() {
		t.Error("what is passed over stays in the backlog")
	}
}

func TestARefusedBatchIsHandedOutAgain(t *testing.T) {
	t.Parallel()
	tb := open(t, filepath.Join(t.TempDir(), "data"), time.Now, isEvent)
	for i := range 3 * feedBatch {
		store(t, tb, table.Put(item("p", fmt.Sprintf("EVENT#%03d", i))))
	}
	refusals := map[string]int{}
	got := follow(t, tb, 3*feedBatch, func(batch []table.Item) error {
		first := batch[0].Key.SK
		if refusals[first]++; refusals[first] < 3 {
			return errors.New("not now")
		}
		return nil
	})
	if !slices.IsSorted(got) || len(got) != 3*feedBatch {
		t.Errorf("got %d items, in order %v", len(got), slices.IsSorted(got))
	}
}

func TestAWaitingFollowerHearsAtOnce(t *testing.T) {
	t.Parallel()
	tb := open(t, filepath.Join(t.TempDir(), "data"), time.Now, isEvent)
	got := make(chan string)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		tb.Follow(ctx, func(_ context.Context, batch []table.Item) error {
			for _, it := range batch {
				got <- it.Key.SK
			}
			return nil
		})
	})
	for i := range 50 {
		want := fmt.Sprintf("EVENT#%d", i)
		store(t, tb, table.Put(item("p", want)))
		if it := <-got; it != want {
			t.Fatalf("got %s, want %s", it, want)
		}
	}
	cancel()
	wg.Wait()
}

func TestManyWritersFeedEachItemOnce(t *testing.T) {
	t.Parallel()
	tb := open(t, filepath.Join(t.TempDir(), "data"), time.Now, isEvent)
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 50 {
				if err := tb.Write(t.Context(), table.Put(item("p", fmt.Sprintf("EVENT#%d-%02d", w, i)))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	got := follow(t, tb, 400, agreed)
	wg.Wait()
	last := map[string]string{}
	for _, sk := range got {
		writer := sk[:len("EVENT#0")]
		if sk <= last[writer] {
			t.Errorf("%s comes after %s", sk, last[writer])
		}
		last[writer] = sk
	}
	if len(got) != 400 {
		t.Errorf("got %d items, want 400", len(got))
	}
}

func TestSweepFreesWhatHasExpired(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	tb := open(t, filepath.Join(t.TempDir(), "data"), func() time.Time { return now }, nil)
	for i := range 3*sweepBatch + 7 {
		it := item("p", fmt.Sprintf("%03d", i))
		it.Index = table.Key{PK: "i", SK: it.Key.SK}
		it.Expires = now.Add(time.Duration(1+i%2) * time.Hour)
		store(t, tb, table.Put(it))
	}
	store(t, tb, table.Put(item("p", "stays")))
	kept := item("p", "000")
	kept.Version = 1
	store(t, tb, table.Put(kept)) // 000 no longer expires
	for _, tt := range []struct {
		after time.Duration
		swept int
		left  [3]int // items, index, expiry
	}{
		{0, 0, [3]int{308, 306, 306}},
		{time.Hour - time.Second, 0, [3]int{308, 306, 306}},
		{time.Second, 153, [3]int{155, 153, 153}},
		{0, 0, [3]int{155, 153, 153}},
		{time.Hour, 153, [3]int{2, 0, 0}},
	} {
		now = now.Add(tt.after)
		n, err := tb.Sweep(t.Context())
		if left := tb.sizes(t); err != nil || n != tt.swept || left != tt.left {
			t.Errorf("after %v: swept %d, %v, left %v; want %d, %v", tt.after, n, err, left, tt.swept, tt.left)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tb.Sweep(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
}

// Between finding what is due and deleting it, an item may be written anew.
func TestSweepSparesWhatWasWrittenAnew(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	tb := open(t, filepath.Join(t.TempDir(), "data"), func() time.Time { return now }, nil)
	it := item("p", "x")
	it.Expires = now.Add(-time.Hour)
	store(t, tb, table.Put(it))
	var due [][]byte
	if err := tb.disk.View(func(tx *bolt.Tx) error {
		due = tb.due(tx)
		return nil
	}); err != nil || len(due) != 1 {
		t.Fatalf("due are %q, %v", due, err)
	}
	it.Expires = now.Add(time.Hour)
	store(t, tb, table.Put(it))
	if err := tb.disk.Update(t.Context(), func(tx *bolt.Tx) error {
		n, err := sweep(tx, due)
		if n != 0 {
			t.Errorf("swept %d", n)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if left := tb.sizes(t); left != [3]int{1, 0, 1} {
		t.Errorf("left %v", left)
	}
}
