package keyfile

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"motorpool/shared/fault"
)

const header = `# Motorpool's keys, one a line. The first one seals, all of them open.
# Who has this file can read every stored secret. If it is lost, they are too.
`

// Open reads the keys at path, and makes the file with a new key if there is
// none. A file that others than its owner can read is refused.
func Open(path string) (*Box, error) {
	text, err := read(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := create(path); err != nil {
			return nil, unusable(path, "cannot be made", err)
		}
		text, err = read(path)
	}
	if err != nil {
		return nil, unusable(path, "cannot be used", err)
	}
	b, err := parse(text)
	if err != nil {
		return nil, unusable(path, "cannot be understood", err)
	}
	return b, nil
}

func unusable(path, how string, err error) error {
	return fault.New(fault.Unavailable, "secret.key_file", "The key file %s %s: %v.", path, how, err).Because(err)
}

func read(path string) ([]byte, error) {
	about, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if mode := about.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("others can read it (mode %04o); run chmod 600", mode)
	}
	return os.ReadFile(path)
}

// create leaves a whole file or none, and never replaces one that another
// process has made meanwhile.
func create(path string) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".key-*") // has mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(header + line(newBytes()))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(dir)
}

func newBytes() []byte {
	raw := make([]byte, keyBytes)
	rand.Read(raw) // never fails
	return raw
}

func line(raw []byte) string { return "v1 " + base64.StdEncoding.EncodeToString(raw) + "\n" }

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && runtime.GOOS != "windows" {
		return err
	}
	return nil
}

func parse(text []byte) (*Box, error) {
	b := &Box{}
	n := 0
	for l := range bytes.Lines(text) {
		n++
		s := strings.TrimSpace(string(l))
		if s == "" || s[0] == '#' {
			continue
		}
		coded, isV1 := strings.CutPrefix(s, "v1 ")
		raw, err := base64.StdEncoding.DecodeString(coded)
		if !isV1 || err != nil || len(raw) != keyBytes { // its text is in no error
			return nil, fmt.Errorf(`line %d is not "v1 " and %d bytes in base64`, n, keyBytes)
		}
		k, err := newKey(raw)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(b.keys, func(other key) bool { return other.id == k.id }) {
			return nil, fmt.Errorf("line %d has the key of an earlier one", n)
		}
		b.keys = append(b.keys, k)
	}
	if len(b.keys) == 0 {
		return nil, errors.New("there is no key in it")
	}
	return b, nil
}
