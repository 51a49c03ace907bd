package embed

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"motorpool/shared/disk"
	"motorpool/shared/table"
	"motorpool/shared/table/tabletest"
)

func TestTable(t *testing.T) {
	t.Parallel()
	tabletest.Run(t, func(t *testing.T, now func() time.Time) table.Table {
		return open(t, filepath.Join(t.TempDir(), "data"), now, nil)
	})
}

func TestMover(t *testing.T) {
	t.Parallel()
	tabletest.RunMover(t, func(t *testing.T, now func() time.Time) tabletest.Movable {
		return open(t, filepath.Join(t.TempDir(), "data"), now, nil)
	})
}

// TestWhatIsLoadedIsNoNews: the feed tells of what was placed, not of what was
// loaded, and a mover can ask what it has not told yet.
func TestWhatIsLoadedIsNoNews(t *testing.T) {
	t.Parallel()
	at := time.Unix(1_800_000_000, 0)
	tb := open(t, filepath.Join(t.TempDir(), "data"), func() time.Time { return at }, func(table.Key) bool { return true })
	old := table.Item{Key: table.Key{PK: "p", SK: "EVENT#1"}, Version: 1, Doc: []byte(`1`)}
	recent := table.Item{Key: table.Key{PK: "p", SK: "EVENT#2"}, Version: 1, Doc: []byte(`2`)}
	if err := errors.Join(tb.Load(t.Context(), old), tb.Place(t.Context(), recent)); err != nil {
		t.Fatal(err)
	}
	if keys, err := tb.Untold(t.Context()); err != nil || len(keys) != 1 || keys[0] != recent.Key {
		t.Errorf("untold are %v, %v; want only %v", keys, err, recent.Key)
	}
}

func open(t *testing.T, path string, now func() time.Time, feeds func(table.Key) bool) *Table {
	t.Helper()
	d, err := disk.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	table, err := Open(d, now, feeds)
	if err != nil {
		t.Fatal(err)
	}
	return table
}
