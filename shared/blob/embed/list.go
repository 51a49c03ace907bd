package embed

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"motorpool/shared/blob"
	"motorpool/shared/fault"
)

var _ blob.Mover = (*Store)(nil)

// List is as blob.Mover says. The directories are read anew for each page.
func (s *Store) List(ctx context.Context, under string, after blob.Key, limit int) ([]blob.File, error) {
	if err := blob.CheckList(under, limit); err != nil {
		return nil, err
	}
	l := &lister{Store: s, after: string(after), limit: limit}
	if err := l.folder(ctx, under); err != nil {
		return nil, err
	}
	return l.found, nil
}

// A lister collects one page.
type lister struct {
	*Store
	after string
	limit int
	found []blob.File
}

// folder collects what is in a folder and below, in the order of whole keys: a
// folder sorts by its name with the slash that follows.
func (l *lister) folder(ctx context.Context, name string) error {
	entries, err := os.ReadDir(filepath.Join(l.dir, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err = errors.Join(err, ctx.Err()); err != nil {
		return blob.Unavailable(err)
	}
	full := func(e fs.DirEntry) string {
		if e.IsDir() {
			return name + "/" + e.Name() + "/"
		}
		return name + "/" + e.Name()
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(full(a), full(b)) })
	for _, e := range entries {
		if len(l.found) == l.limit {
			return nil
		}
		switch key := full(e); {
		case e.IsDir() && (key > l.after || strings.HasPrefix(l.after, key)):
			err = l.folder(ctx, strings.TrimSuffix(key, "/"))
		case !e.IsDir() && key > l.after:
			err = l.add(blob.Key(key))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// add notes a file, unless it has been deleted meanwhile. What no key can name is
// none of ours.
func (l *lister) add(key blob.Key) error {
	if key.Valid() != nil {
		return nil
	}
	f, err := l.open(key)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	l.found = append(l.found, blob.File{Key: key, Size: f.info.Size})
	return f.Close()
}
