// Package embedtest opens the embedded table for tests: the real one, on a file
// that goes with the test. What else a test wants of its file, it opens itself.
package embedtest

import (
	"path/filepath"
	"testing"
	"time"

	"motorpool/shared/disk"
	"motorpool/shared/table"
	"motorpool/shared/table/embed"
)

// Open opens an empty table in a file of the test's own, by the test's clock.
func Open(t testing.TB, now func() time.Time) table.Table {
	t.Helper()
	d, err := disk.Open(filepath.Join(t.TempDir(), "motorpool.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	tab, err := embed.Open(d, now, nil)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}
