package host

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"motorpool/shared/blob/embed"
)

// filesPath is where files are sent and read, by links that are signed.
const filesPath = "/files"

// openFiles opens the store of files in the directory of the embedded store,
// whose links lead to base.
func (b *embedded) openFiles(base string, now func() time.Time) (*embed.Store, error) {
	key, err := signingKey(filepath.Join(b.dir, "files.key"))
	if err != nil {
		return nil, err
	}
	return embed.Open(embed.Options{Dir: filepath.Join(b.dir, "files"), BaseURL: base, Key: key, Now: now})
}

// signingKey reads the key that signs links, and makes one the first time.
func signingKey(path string) ([]byte, error) {
	key, err := os.ReadFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	key = make([]byte, 32)
	rand.Read(key)
	return key, os.WriteFile(path, key, 0o600)
}
