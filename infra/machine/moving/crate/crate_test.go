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
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/fault"
)

// TestMain makes the way from the passphrase to the key cheap.
func TestMain(m *testing.M) {
	strength.Time, strength.Memory, strength.Threads = 1, 8, 1
	m.Run()
}

const secret = "open sesame, please"

var manifest = Manifest{
	ID: "abc", Workspace: "wsp_1", Name: "Harbour", From: "machine",
	Left: time.Unix(1_800_000_000, 0).UTC(), Created: time.Unix(1_800_000_001, 0).UTC(),
}

func items(from, n int) (list []Item) {
	for i := from; i < from+n; i++ {
		list = append(list, Item{
			PK: "WS#wsp_1#AST#" + fmt.Sprint(i), SK: "ASSET", Version: int64(i) + 1, Expires: int64(i % 3 * 1_900_000_000), Untold: i%7 == 0,
			Doc: fmt.Sprintf(" {\"n\": %d.0, \"é\":\"\\u2603 <&>\u2028\"}", i),
		})
	}
	return list
}

// made is a crate with three chunks.
func made(t testing.TB) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "c")
	w, err := Create(path, secret, manifest)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		if err := w.Write(fmt.Sprint("after", n), items(10*n, 10)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(map[string]int{"items": 30}); err != nil {
		t.Fatal(err)
	}
	return path
}

// read returns everything of a crate.
func read(in io.Reader, passphrase string) (all []Item, after string, end json.RawMessage, err error) {
	r, err := NewReader(in, passphrase)
	if err != nil {
		return nil, "", nil, err
	}
	for {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all, after, r.End, nil
		}
		if err != nil {
			return all, after, nil, err
		}
		all, after = append(all, c.Items...), c.After
	}
}

func TestWhatIsPackedComesOut(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(made(t))
	if err != nil {
		t.Fatal(err)
	}
	all, after, end, err := read(bytes.NewReader(b), secret)
	if err != nil || !slices.Equal(all, items(0, 30)) || after != "after2" || string(end) != `{"items":30}` {
		t.Errorf("got %d items, %q, %s, %v", len(all), after, end, err)
	}
	for _, open := range []string{"wsp_1", "ASSET", "Harbour", "after", secret} {
		if bytes.Contains(b, []byte(open)) {
			t.Errorf("%q can be read without the passphrase", open)
		}
	}
}

func TestACrateIsItsOwnersAlone(t *testing.T) {
	t.Parallel()
	path := made(t)
	about, err := os.Stat(path)
	if err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", about.Mode(), err)
	}
	if _, err := Create(path, secret, manifest); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file that is there: %v", err)
	}
}

// TestACrateThatIsDoneOutlivesAPowerCut: not before its folder is on the disk
// does a crate count as ended, now or when it is ended again. It is not parallel,
// because for a while the disk fails for all.
func TestACrateThatIsDoneOutlivesAPowerCut(t *testing.T) {
	path, whole, broken := filepath.Join(t.TempDir(), "c"), syncFolder, errors.New("the disk is broken")
	defer func() { syncFolder = whole }()
	syncFolder = func(dir string) error {
		if dir != filepath.Dir(path) {
			t.Errorf("synced %s, want the folder of %s", dir, path)
		}
		return broken
	}
	w, err := Create(path, secret, manifest)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.End(1); !errors.Is(err, broken) {
		t.Errorf("ended: %v, want the error of the disk", err)
	}
	if _, _, err := Resume(path, secret, nil); !errors.Is(err, broken) {
		t.Errorf("ended again: %v, want the error of the disk", err)
	}
	syncFolder = whole
	if w, _, err := Resume(path, secret, nil); w != nil || err != nil {
		t.Errorf("on a disk that is well: %v, %v", w, err)
	}
}

// TestEveryChangeIsNoticed flips each byte of a crate, cuts it at each length
// and swaps its chunks.
func TestEveryChangeIsNoticed(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(made(t))
	if err != nil {
		t.Fatal(err)
	}
	seal := theSealer(t, b)
	for i := range b {
		wrong := bytes.Clone(b)
		wrong[i] ^= 1
		if _, _, _, err := readWith(seal, wrong); fault.KindOf(err) != fault.Invalid {
			t.Fatalf("byte %d of %d changed: %v", i, len(b), err)
		}
		if _, _, _, err := readWith(seal, b[:i]); fault.KindOf(err) != fault.Invalid {
			t.Fatalf("cut at %d of %d: %v", i, len(b), err)
		}
	}
	if _, _, _, err := readWith(seal, append(bytes.Clone(b), 'C')); fault.CodeOf(err) != "crate.damaged" {
		t.Errorf("more behind the end: %v", err)
	}
	frames := split(b)
	frames[2], frames[3] = frames[3], frames[2]
	if _, _, _, err := readWith(seal, slices.Concat(frames...)); fault.CodeOf(err) != "crate.damaged" {
		t.Errorf("two chunks swapped: %v", err)
	}
	if _, _, _, err := readWith(seal, slices.Concat(slices.Delete(split(b), 2, 3)...)); fault.CodeOf(err) != "crate.damaged" {
		t.Errorf("a chunk left out: %v", err)
	}
}

// theSealer spares the other reads of the same crate the slow way from the
// passphrase to the key.
func theSealer(t *testing.T, b []byte) *sealer {
	t.Helper()
	r, err := NewReader(bytes.NewReader(b), secret)
	if err != nil {
		t.Fatal(err)
	}
	return r.seal
}

func readWith(seal *sealer, b []byte) (all []Item, after string, end json.RawMessage, err error) {
	line, rest, ok := bytes.Cut(b, []byte("\n"))
	if !ok || !bytes.Equal(append(bytes.Clone(line), '\n'), seal.line) {
		return nil, "", nil, strange() // another salt or cost is another key: see TestAWrongPassphraseSaysSo
	}
	r := readerOf(bytes.NewReader(rest))
	r.seal = seal
	if err := r.begin(); err != nil {
		return nil, "", nil, err
	}
	for {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all, after, r.End, nil
		}
		if err != nil {
			return nil, "", nil, err
		}
		all = append(all, c.Items...)
	}
}

// split cuts a crate into its line and frames.
func split(b []byte) (parts [][]byte) {
	i := bytes.IndexByte(b, '\n') + 1
	parts = append(parts, b[:i])
	for i < len(b) {
		n := 5 + int(b[i+1])<<24 + int(b[i+2])<<16 + int(b[i+3])<<8 + int(b[i+4])
		parts = append(parts, b[i:i+n])
		i += n
	}
	return parts
}

func TestAWrongPassphraseSaysSo(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(made(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct{ passphrase, from, to, code string }{
		"wrong":          {"something else", "", "", "crate.passphrase"},
		"another cost":   {secret, `"time":1`, `"time":2`, "crate.passphrase"},
		"a newer format": {secret, `"format":2`, `"format":3`, "crate.newer"},
		"no crate":       {secret, magic, "PK\x03\x04", "crate.strange"},
		"too dear":       {secret, `"time":1`, `"time":99`, "crate.strange"},
		"much memory":    {secret, `"memory_kib":8`, `"memory_kib":99999999`, "crate.strange"},
	} {
		_, _, _, err := read(bytes.NewReader(bytes.Replace(b, []byte(tt.from), []byte(tt.to), 1)), tt.passphrase)
		if fault.CodeOf(err) != tt.code {
			t.Errorf("%s: got %v, want %s", name, err, tt.code)
		}
		if err != nil && strings.Contains(err.Error(), tt.passphrase) {
			t.Errorf("%s: the error shows the passphrase", name)
		}
	}
}

// TestACrateGoesOnWhereItWasCut: whatever is left of a crate, resuming it keeps
// the chunks that are whole, and what is written then makes it whole again.
func TestACrateGoesOnWhereItWasCut(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(made(t))
	if err != nil {
		t.Fatal(err)
	}
	frames := split(b)
	begun := len(frames[0]) + len(frames[1])
	rapid.Check(t, func(rt *rapid.T) {
		cutAt := rapid.IntRange(begun, len(b)-1).Draw(rt, "cut")
		path := filepath.Join(t.TempDir(), "c")
		if err := os.WriteFile(path, append(bytes.Clone(b[:cutAt]), make([]byte, rapid.IntRange(0, 9).Draw(rt, "torn"))...), 0o600); err != nil {
			rt.Fatal(err)
		}
		n := 0
		w, _, err := Resume(path, secret, func(c Chunk) error {
			n += len(c.Items)
			return nil
		})
		if err != nil || w == nil {
			rt.Fatalf("resume: %v, %v", w, err)
		}
		for ; n < 30; n += 10 {
			if err := w.Write(fmt.Sprint("after", n/10), items(n, 10)); err != nil {
				rt.Fatal(err)
			}
		}
		if err := w.End(1); err != nil {
			rt.Fatal(err)
		}
		f, err := os.Open(path)
		if err != nil {
			rt.Fatal(err)
		}
		defer f.Close()
		all, _, _, err := read(f, secret)
		if err != nil || !slices.Equal(all, items(0, 30)) {
			rt.Errorf("cut at %d: %d items, %v", cutAt, len(all), err)
		}
	})
}

func TestResumeKnowsWhatIsThere(t *testing.T) {
	t.Parallel()
	path := made(t)
	w, r, err := Resume(path, secret, func(Chunk) error { return nil })
	if w != nil || err != nil || r.Manifest != manifest {
		t.Errorf("a complete crate: %v, %v", w, err)
	}
	if _, _, err := Resume(path, "not that one", nil); fault.CodeOf(err) != "crate.passphrase" {
		t.Errorf("another passphrase: %v", err)
	}
	if _, _, err := Resume(path+"x", secret, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 7, len(split(b)[0]), len(split(b)[0]) + 20} {
		if err := os.WriteFile(path, b[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := Resume(path, secret, nil); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("killed after %d bytes: %v, want as if it had not begun", n, err)
		}
	}
}

// FuzzReader: whatever the file holds, reading it ends with its items or with a
// fault that people understand.
func FuzzReader(f *testing.F) {
	b, err := os.ReadFile(made(f))
	if err != nil {
		f.Fatal(err)
	}
	r, err := NewReader(bytes.NewReader(b), secret)
	if err != nil {
		f.Fatal(err)
	}
	for _, part := range split(b) {
		f.Add(part, []byte(`{"after":"x"}`+"\n"+`{"pk":"a","sk":"b","v":1,"doc":"{}"}`))
	}
	f.Add([]byte(magic+`{"format":1,"kdf":"argon2id","time":1,"memory_kib":8,"threads":1,"salt":"AAAAAAAAAAAAAAAAAAAAAA=="}`+"\nM\x00\x00\x00\x01x"), []byte(`{}`))
	f.Fuzz(func(t *testing.T, file, text []byte) {
		if _, _, _, err := read(bytes.NewReader(file), secret); err != nil && fault.KindOf(err) != fault.Invalid {
			t.Fatalf("a file of %d bytes: %v", len(file), err)
		}
		sealed, err := r.seal.seal('C', 0, text)
		if err != nil {
			t.Fatal(err)
		}
		inside := readerOf(bytes.NewReader(sealed))
		inside.seal = r.seal
		if _, err := inside.Next(); err != nil && fault.KindOf(err) != fault.Invalid {
			t.Fatalf("a chunk of %q: %v", text, err)
		}
	})
}
