package crate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"motorpool/shared/fault"
)

// Writer writes a crate. It is not safe for concurrent use.
type Writer struct {
	Manifest Manifest
	Bytes    int64 // written so far

	file   *os.File
	seal   *sealer
	number uint64
}

// Create begins a crate at path, readable by its owner alone. A file that is
// there is refused.
func Create(path, passphrase string, m Manifest) (*Writer, error) {
	h := newHead()
	line, err := h.line()
	if err != nil {
		return nil, err
	}
	seal, err := h.sealer(passphrase)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	w := &Writer{Manifest: m, file: f, seal: seal}
	text, err := json.Marshal(m)
	if err == nil {
		_, err = f.Write(line)
	}
	if err == nil {
		w.Bytes = int64(len(line))
		err = w.frame('M', text)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return w, nil
}

// Resume goes on with a crate that was begun at path, behind its last chunk that
// is whole; what lies after that is cut off. each is told of every chunk that is
// there. It returns fs.ErrNotExist if there is no file, or none that got as far
// as its manifest; and a nil Writer for a crate that is complete.
func Resume(path, passphrase string, each func(Chunk) error) (*Writer, *Reader, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	r, err := NewReader(f, passphrase)
	if err != nil {
		return nil, nil, errors.Join(notBegun(path, err), f.Close())
	}
	for {
		end, number := r.read, r.number
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil, r, keep(f) // whoever wrote its end may not have come to that
		}
		if err == nil {
			err = each(c)
		} else if _, is := errors.AsType[*fault.Error](err); is { // cut or torn: from here on anew
			w := &Writer{Manifest: r.Manifest, Bytes: end, file: f, seal: r.seal, number: number}
			if err = f.Truncate(end); err == nil {
				_, err = f.Seek(end, io.SeekStart)
			}
			if err == nil {
				return w, r, nil
			}
		}
		if err != nil {
			return nil, nil, errors.Join(err, f.Close())
		}
	}
}

// notBegun turns a file that ends before its manifest into one that is not
// there; such a file is removed.
func notBegun(path string, err error) error {
	if fault.CodeOf(err) != "crate.cut" {
		return err
	}
	if err := os.Remove(path); err != nil {
		return err
	}
	return fmt.Errorf("nothing was in it yet: %w", fs.ErrNotExist)
}

// Write adds a chunk. after is where the scan of the source goes on behind it.
func (w *Writer) Write(after string, items []Item) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(map[string]string{"after": after}); err != nil {
		return err
	}
	for i := range items {
		if err := e.Encode(&items[i]); err != nil {
			return err
		}
	}
	return w.frame('C', text.Bytes())
}

// WritePart adds a part of a file. A writer writes the parts of a file one after
// the other, the first one also if the file is empty.
func (w *Writer) WritePart(p Part) error {
	line, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return w.frame('F', append(append(line, '\n'), p.Bytes...))
}

// End closes the crate, and returns once it outlives a power cut. what says
// something of the whole.
func (w *Writer) End(what any) error {
	text, err := json.Marshal(what)
	if err == nil {
		err = w.frame('E', text)
	}
	return errors.Join(err, keep(w.file))
}

// keep closes a file that is to be found, whole, after a power cut: what is in it
// and its name in the folder are on the disk.
func keep(f *os.File) error {
	return errors.Join(f.Sync(), f.Close(), syncFolder(filepath.Dir(f.Name())))
}

// syncFolder is a variable, so that a test can have a disk that fails.
var syncFolder = func(dir string) error {
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

// Close leaves the crate without its end, to be gone on with.
func (w *Writer) Close() error { return w.file.Close() }

func (w *Writer) frame(kind byte, text []byte) error {
	if len(text) > maxText {
		return fmt.Errorf("crate: a frame of %d bytes", len(text))
	}
	b, err := w.seal.seal(kind, w.number, text)
	if err != nil {
		return err
	}
	n, err := w.file.Write(b)
	w.number, w.Bytes = w.number+1, w.Bytes+int64(n)
	return err
}
