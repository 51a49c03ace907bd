package host

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"motorpool/shared/blob"
	"motorpool/shared/blob/embed"
)

// filesPath is where files are sent and read, by links that are signed.
const filesPath = "/files"

// openFiles opens the store of files in the directory of the embedded store.
func (h *Host) openFiles() (blob.Store, error) {
	if h.cfg.Data == "" {
		return nil, nil
	}
	key, err := signingKey(filepath.Join(h.cfg.Data, "files.key"))
	if err != nil {
		return nil, err
	}
	s, err := embed.Open(embed.Options{Dir: filepath.Join(h.cfg.Data, "files"), BaseURL: h.URL + filesPath, Key: key, Now: h.clock.Now})
	if err != nil {
		return nil, err
	}
	h.files = s
	return s, nil
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
