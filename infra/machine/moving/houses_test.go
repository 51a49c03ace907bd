package moving_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"motorpool/infra/machine/moving"
)

// TestTheKeyIsMadeBeforeTheData: whoever dies while a house is made leaves a key
// without data, which is a house to be made, and never data without a key.
func TestTheKeyIsMadeBeforeTheData(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data := filepath.Join(dir, "motorpool.db")
	if err := os.Symlink(filepath.Join(dir, "nowhere", "motorpool.db"), data); err != nil {
		t.Fatal(err)
	}
	if _, _, err := moving.Machine(dir, false, time.Now); err == nil {
		t.Fatal("data was made in a directory that is not there")
	}
	if _, err := os.Stat(filepath.Join(dir, "secrets.key")); err != nil {
		t.Error("there is no key:", err)
	}
	if err := os.Remove(data); err != nil {
		t.Fatal(err)
	}
	_, done, err := moving.Machine(dir, false, time.Now)
	if err != nil {
		t.Fatal("the key was there already:", err)
	}
	if err := done(); err != nil {
		t.Error(err)
	}
}
