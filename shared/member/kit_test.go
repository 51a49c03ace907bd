package member

import (
	"path/filepath"
	"testing"
	"time"

	"motorpool/shared/secrets"
	"motorpool/shared/secrets/keyfile"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

// start is when tests begin. What they stand on is opened here, because apitest
// knows the whole product and so this package.
var start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

func newTable(t *testing.T, now func() time.Time) (table.Table, secrets.Box) {
	t.Helper()
	dir := t.TempDir()
	tab := embedtest.Open(t, now)
	box, err := keyfile.Open(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	return tab, box
}

func count(t *testing.T, tab table.Table, pk string) int {
	t.Helper()
	page, err := tab.Query(t.Context(), table.Query{PK: pk, Limit: table.MaxPage})
	if err != nil {
		t.Fatal(err)
	}
	return len(page.Items)
}
