package embed

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/disk"
	"motorpool/shared/table"
)

// TestMain lets the test binary be its own child, which can be killed.
func TestMain(m *testing.M) {
	if path := os.Getenv("EMBED_TEST_CHILD"); path != "" {
		takeForever(path)
	}
	os.Exit(m.Run())
}

// takeForever writes events and takes them from the feed. It says so once a
// handler has an event, and holds on to it: it is never ticked off.
func takeForever(path string) {
	d, err := disk.Open(path)
	if err != nil {
		panic(err)
	}
	tb, err := Open(d, time.Now, isEvent)
	if err != nil {
		panic(err)
	}
	for i := range 5 {
		if err := tb.Write(context.Background(), table.Put(item("p", fmt.Sprintf("EVENT#%d", i)))); err != nil {
			panic(err)
		}
	}
	tb.Follow(context.Background(), func(_ context.Context, batch []table.Item) error {
		for _, it := range batch {
			fmt.Println(it.Key.SK)
		}
		select {}
	})
}

func TestWhatAKilledHandlerHadIsHandedOutAgain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), "EMBED_TEST_CHILD="+path)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var had []string
	for lines := bufio.NewScanner(out); len(had) < 5 && lines.Scan(); {
		had = append(had, lines.Text())
	}
	c.Process.Kill()
	c.Wait()
	tb := open(t, path, time.Now, isEvent)
	got := follow(t, tb, len(had), agreed)
	if want := "EVENT#0 EVENT#1 EVENT#2 EVENT#3 EVENT#4"; strings.Join(had, " ") != want || strings.Join(got, " ") != want {
		t.Errorf("the killed one had %v, then came %v; want %s twice", had, got, want)
	}
}

// A file that was written by this version must be readable by every later one.
func TestTheRecordFormatStays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		item table.Item
		want string
	}{
		{table.Item{Doc: json.RawMessage(`{}`)}, "\x01\x00\x00\x00{}"},
		{table.Item{Version: 299, Doc: json.RawMessage(`1`)}, "\xac\x02\x00\x00\x001"},
		{table.Item{Index: table.Key{PK: "i", SK: "é"}, Expires: time.Unix(299, 1)}, "\x01\xac\x02\x01i\x02é"},
	} {
		b := encode(&tt.item)
		if string(b) != tt.want {
			t.Errorf("%+v is stored as %q, want %q", tt.item, b, tt.want)
		}
		r := parse(b)
		got := r.item(tt.item.Key)
		if got.Version != tt.item.Version+1 || got.Index != tt.item.Index || string(got.Doc) != string(tt.item.Doc) {
			t.Errorf("%q is read as %+v", b, got)
		}
	}
}

// sizes counts the entries of items, index and expiry.
func (t *Table) sizes(test *testing.T) (n [3]int) {
	test.Helper()
	if err := t.disk.View(func(tx *bolt.Tx) error {
		for i, name := range [][]byte{items, index, expiry} {
			n[i] = tx.Bucket(name).Stats().KeyN
		}
		return nil
	}); err != nil {
		test.Fatal(err)
	}
	return n
}

func BenchmarkGet(b *testing.B) {
	tb := full(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := tb.Get(b.Context(), table.Key{PK: "p", SK: fmt.Sprintf("%04d", i%1000)}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkQueryOf50(b *testing.B) {
	for _, q := range []table.Query{{PK: "p"}, {PK: "i", Index: true}} {
		b.Run("PK="+q.PK, func(b *testing.B) {
			tb := full(b)
			b.ReportAllocs()
			for b.Loop() {
				if page, err := tb.Query(b.Context(), q); err != nil || len(page.Items) != 50 {
					b.Fatal(len(page.Items), err)
				}
			}
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			tb := full(b)
			b.ReportAllocs()
			b.SetParallelism((writers + 1) / 2) // times two processors
			n := make(chan int, 1)
			n <- 0
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					i := <-n
					n <- i + 1
					it := item("w", fmt.Sprintf("%09d", i))
					it.Doc = json.RawMessage(`"` + strings.Repeat("x", 600) + `"`)
					if err := tb.Write(b.Context(), table.Put(it)); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}

// full is a table of 1,000 indexed items of 600 bytes.
func full(b *testing.B) *Table {
	d, err := disk.Open(filepath.Join(b.TempDir(), "data"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() })
	tb, err := Open(d, time.Now, nil)
	if err != nil {
		b.Fatal(err)
	}
	for i := range 1000 {
		it := item("p", fmt.Sprintf("%04d", i))
		it.Index = table.Key{PK: "i", SK: it.Key.SK}
		it.Doc = json.RawMessage(`"` + strings.Repeat("x", 600) + `"`)
		if err := tb.Write(context.Background(), table.Put(it)); err != nil {
			b.Fatal(err)
		}
	}
	return tb
}
