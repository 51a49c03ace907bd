// Package embed keeps files in a directory of one machine, and serves links to
// them under its own address.
//
// A file is written beside its place, synced, and linked into it: a crash leaves
// the whole file or none. Its type stands in a line before its bytes. Links and
// uploads carry an HMAC over all that they allow; whoever changes a letter of
// one is refused.
package embed

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"motorpool/shared/blob"
)

// Store is a blob.Store in a directory. It is safe for concurrent use, also by
// several processes.
type Store struct {
	dir  string
	base string
	key  []byte // signs links
	now  func() time.Time
}

var _ blob.Store = (*Store)(nil)

// Options is what a Store has to be told.
type Options struct {
	Dir     string           // made if it is not there
	BaseURL string           // where the world finds Store.ServeHTTP: "http://127.0.0.1:8080/files"
	Key     []byte           // signs links: 32 random bytes that stay the same
	Now     func() time.Time // the clock by which links end
}

// Open returns the store in a directory. What a crash left half written is removed.
func Open(o Options) (*Store, error) {
	if len(o.Key) < 32 {
		return nil, errors.New("blob: the key that signs links needs 32 bytes")
	}
	s := &Store{dir: o.Dir, base: strings.TrimSuffix(o.BaseURL, "/"), key: o.Key, now: o.Now}
	if err := os.MkdirAll(s.unfinished(), 0o700); err != nil {
		return nil, blob.Unavailable(err)
	}
	left, err := os.ReadDir(s.unfinished())
	if err != nil {
		return nil, blob.Unavailable(err)
	}
	for _, f := range left {
		if about, err := f.Info(); err == nil && time.Since(about.ModTime()) > 24*time.Hour {
			_ = os.Remove(filepath.Join(s.unfinished(), f.Name()))
		}
	}
	return s, nil
}

// unfinished is where files wait until they are whole. No key begins with a dot.
func (s *Store) unfinished() string { return filepath.Join(s.dir, ".unfinished") }

func (s *Store) path(key blob.Key) string {
	return filepath.Join(s.dir, filepath.FromSlash(string(key)))
}

// Put is as blob.Store says.
func (s *Store) Put(ctx context.Context, key blob.Key, info blob.Info, body io.Reader) error {
	if err := errors.Join(key.Valid(), info.Valid()); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return blob.Unavailable(err)
	}
	if _, err := os.Lstat(s.path(key)); err == nil {
		return blob.Exists(nil) // before a long body is read
	}
	f, err := os.OpenFile(filepath.Join(s.unfinished(), rand.Text()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return blob.Unavailable(err)
	}
	defer os.Remove(f.Name())
	if err := errors.Join(fill(f, info, body), f.Close()); err != nil {
		return err
	}
	return s.place(f.Name(), key)
}

// fill writes the type, then exactly as many bytes as were announced.
func fill(f *os.File, info blob.Info, body io.Reader) error {
	if _, err := io.WriteString(f, info.Type+"\n"); err != nil {
		return blob.Unavailable(err)
	}
	from := &reader{from: body}
	n, err := io.Copy(f, io.LimitReader(from, info.Size+1))
	switch {
	case from.err != nil: // the sender's fault, not the disk's
		return blob.WrongSize(info.Size, from.err)
	case err != nil:
		return blob.Unavailable(err)
	case n != info.Size:
		return blob.WrongSize(info.Size, fmt.Errorf("%d bytes came", n))
	}
	if err := f.Sync(); err != nil {
		return blob.Unavailable(err)
	}
	return nil
}

// reader remembers that reading failed, so that it is not taken for the disk.
type reader struct {
	from io.Reader
	err  error
}

func (r *reader) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}

// place links a whole file into its place, unless there is one.
func (s *Store) place(from string, key blob.Key) error {
	to := s.path(key)
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return blob.Unavailable(err)
	}
	err := os.Link(from, to)
	switch {
	case errors.Is(err, fs.ErrExist):
		return blob.Exists(err)
	case err != nil:
		return blob.Unavailable(err)
	}
	for dir := filepath.Dir(to); len(dir) >= len(s.dir); dir = filepath.Dir(dir) {
		if err := sync(dir); err != nil {
			return blob.Unavailable(err)
		}
	}
	return nil
}

func sync(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Open is as blob.Store says.
func (s *Store) Open(_ context.Context, key blob.Key) (io.ReadCloser, blob.Info, error) {
	f, err := s.open(key)
	if err != nil {
		return nil, blob.Info{}, err
	}
	return f, f.info, nil
}

// A file is the bytes of a stored one, without the line before them.
type file struct {
	*io.SectionReader
	io.Closer
	info blob.Info
}

func (s *Store) open(key blob.Key) (*file, error) {
	if err := key.Valid(); err != nil {
		return nil, err
	}
	f, err := os.Open(s.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, blob.NotFound(err)
	}
	if err != nil {
		return nil, blob.Unavailable(err)
	}
	about, err := f.Stat()
	if err == nil && about.IsDir() {
		f.Close()
		return nil, blob.NotFound(nil)
	}
	kind, lineErr := bufio.NewReader(io.LimitReader(f, 256)).ReadString('\n')
	if err := errors.Join(err, lineErr); err != nil {
		f.Close()
		return nil, blob.Unavailable(err)
	}
	before := int64(len(kind))
	info := blob.Info{Type: kind[:before-1], Size: about.Size() - before}
	return &file{io.NewSectionReader(f, before, info.Size), f, info}, nil
}

// Delete is as blob.Store says.
func (s *Store) Delete(_ context.Context, key blob.Key) error {
	if err := key.Valid(); err != nil {
		return err
	}
	about, err := os.Lstat(s.path(key))
	if errors.Is(err, fs.ErrNotExist) || err == nil && about.IsDir() {
		return nil
	}
	if err == nil {
		err = os.Remove(s.path(key))
	}
	if err == nil {
		err = sync(filepath.Dir(s.path(key)))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return blob.Unavailable(err)
	}
	return nil
}
