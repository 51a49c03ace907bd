package apitest

import (
	"path/filepath"
	"testing"
	"time"

	"motorpool/shared/disk"
	"motorpool/shared/secrets"
	"motorpool/shared/secrets/keyfile"
	"motorpool/shared/table"
	"motorpool/shared/table/embed"
)

// Table opens an empty table in a file of the test's own.
func Table(t testing.TB, now func() time.Time) table.Table {
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

// Box opens a box with a key of the test's own.
func Box(t testing.TB) secrets.Box {
	b, err := keyfile.Open(filepath.Join(t.TempDir(), "keys"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Dump returns every document in a partition, to see that nothing has changed.
func Dump(t testing.TB, tab table.Table, pk string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for q := (table.Query{PK: pk, Limit: table.MaxPage}); ; {
		page, err := tab.Query(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range page.Items {
			all[it.Key.SK] = string(it.Doc)
		}
		if page.Next == "" {
			return all
		}
		q.After = page.Next
	}
}
