package embed

import (
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
