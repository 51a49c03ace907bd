package host

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestTheKeyIsMadeBeforeTheData: a machine that dies at its first start leaves no
// data that a mover would take for a house whose key was lost.
func TestTheKeyIsMadeBeforeTheData(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Symlink(filepath.Join(dir, "nowhere", "motorpool.db"), filepath.Join(dir, "motorpool.db")); err != nil {
		t.Fatal(err)
	}
	if _, err := openEmbedded(dir, time.Now); err == nil {
		t.Fatal("data was made in a directory that is not there")
	}
	if _, err := os.Stat(filepath.Join(dir, "secrets.key")); err != nil {
		t.Error("there is no key:", err)
	}
}
