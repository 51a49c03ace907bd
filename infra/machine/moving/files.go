package moving

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"sync"

	"golang.org/x/sync/errgroup"

	"motorpool/infra/machine/moving/crate"
	"motorpool/shared/blob"
	"motorpool/shared/fault"
)

// partBytes is how much of a file is in memory at once, here. What stores hold
// is theirs to say.
const partBytes = 1 << 20

// atOnce is how many files are read, or written, side by side.
const atOnce = 8

// A file is one that has been read to its end.
type file struct {
	blob.File
	kind string // media type
	hash [sha256.Size]byte
}

// sum hashes everything of a file: each part with its length before it.
func (f file) sum() Sum {
	b := make([]byte, 0, len(f.Key)+len(f.kind)+sha256.Size+16)
	for _, part := range []string{string(f.Key), f.kind} {
		b = append(binary.AppendUvarint(b, uint64(len(part))), part...)
	}
	b = append(binary.AppendVarint(b, f.Size), f.hash[:]...)
	return sumOfBytes(b)
}

func (t Totals) addFile(k *blob.Kind, f file) {
	t.merge(Totals{k.Name: {1, f.sum()}})
}

// listed is f as far as a list tells.
func (f file) listed() file { return file{File: f.File} }

// fileKind returns the kind of a workspace's file.
func (h *House) fileKind(workspace string, key blob.Key) (*blob.Kind, error) {
	for i := range h.FileKinds {
		if k := &h.FileKinds[i]; k.Fits(workspace, key) {
			return k, nil
		}
	}
	return nil, fault.New(fault.Invalid, "moving.unknown", "There is a file %s that this version of Motorpool does not know. A newer one wrote it: move with that one.", key)
}

// files hands out what is stored for a workspace below a name, in the order of
// keys, behind the key after.
func (h *House) files(ctx context.Context, workspace, under string, after blob.Key, each func(*blob.Kind, blob.File) error) error {
	for {
		var page []blob.File
		err := again(ctx, func() (err error) {
			page, err = h.Files.List(ctx, under, after, blob.MaxList)
			return err
		})
		if err != nil {
			return err
		}
		for _, f := range page {
			k, err := h.fileKind(workspace, f.Key)
			if err == nil {
				err = each(k, f)
			}
			if err != nil {
				return err
			}
		}
		if len(page) < blob.MaxList {
			return nil
		}
		after = page[len(page)-1].Key
	}
}

// surveyFiles reads all files of a workspace that move, and adds them up.
func (h *House) surveyFiles(ctx context.Context, workspace string, rep *report) (Totals, error) {
	all := Totals{}
	var mu sync.Mutex
	some, reading := errgroup.WithContext(ctx)
	some.SetLimit(atOnce)
	bytes := int64(0)
	err := h.files(reading, workspace, workspace, "", func(k *blob.Kind, f blob.File) error {
		if k.Stays != "" {
			return nil
		}
		some.Go(func() error {
			var whole file
			err := again(reading, func() (err error) {
				whole, err = h.hashed(reading, f.Key)
				return err
			})
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			all.addFile(k, whole)
			bytes += whole.Size
			rep.add(1, bytes)
			return nil
		})
		return nil
	})
	// What a reader says comes first: the rest was broken off because of it.
	if failed := some.Wait(); failed != nil {
		err = failed
	}
	rep.say(bytes)
	return all, err
}

// hashed reads a file to its end.
func (h *House) hashed(ctx context.Context, key blob.Key) (file, error) {
	r, info, err := h.Files.Open(ctx, key)
	if err != nil {
		return file{}, err
	}
	defer r.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, r)
	if err == nil && n != info.Size {
		err = fmt.Errorf("%d bytes of %s were read, not %d", n, key, info.Size)
	}
	if err != nil {
		return file{}, blob.Unavailable(err)
	}
	return file{blob.File{Key: key, Size: n}, info.Type, [sha256.Size]byte(sum.Sum(nil))}, nil
}

// A follower puts together what the parts of a crate tell of a file.
type follower struct {
	now  crate.Part // the one before; its bytes are let go
	upTo int64
	sum  hash.Hash
}

// open reports whether the file of the last part has more to come.
func (f *follower) open() bool { return f.sum != nil && f.upTo < f.now.Size }

// add follows one part further, and returns the file with its last one.
func (f *follower) add(p *crate.Part) (*file, error) {
	if !f.open() {
		if err := errors.Join(blob.Key(p.Key).Valid(), blob.Info{Type: p.Type, Size: p.Size}.Valid()); err != nil {
			return nil, err
		}
		f.now, f.upTo, f.sum = crate.Part{Key: p.Key, Type: p.Type, Size: p.Size}, 0, sha256.New()
	}
	if p.Key != f.now.Key || p.Type != f.now.Type || p.Size != f.now.Size || p.At != f.upTo || p.At+int64(len(p.Bytes)) > p.Size || len(p.Bytes) == 0 && p.Size > 0 {
		return nil, fault.New(fault.Invalid, "moving.parts", "The parts of the file %s do not fit together. Export again.", p.Key)
	}
	f.sum.Write(p.Bytes)
	if f.upTo += int64(len(p.Bytes)); f.open() {
		return nil, nil
	}
	return &file{blob.File{Key: blob.Key(p.Key), Size: p.Size}, p.Type, [sha256.Size]byte(f.sum.Sum(nil))}, nil
}

func (h *House) needsFiles() error {
	if h.Files == nil {
		return fault.New(fault.Invalid, "moving.no_bucket", "Say which bucket has the files of this house: the value of the stack's output FilesBucket.")
	}
	return nil
}
