package moving_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"motorpool/infra/machine/host"
	"motorpool/infra/machine/moving"
	"motorpool/infra/machine/moving/crate"
	"motorpool/shared/blob"
	"motorpool/shared/fault"
)

// noise is as long as it is told, and the same each time.
func noise(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*i>>7 ^ i)
	}
	return b
}

// store puts files into a house as the product does, and returns them by key.
func store(t *testing.T, h *moving.House, ws string) map[blob.Key][]byte {
	t.Helper()
	all := map[blob.Key][]byte{}
	for name, body := range map[string][]byte{
		"attachments/att_1/file": noise(3<<20 + 17), "attachments/att_1/320.jpg": noise(999), "attachments/att_1/2048.jpg": noise(1 << 20),
		"attachments/att_2/file": []byte("%PDF-1.7"), "attachments/att_3/file": {}, "attachments/att_10/file": noise(2 << 20),
		"exports/xpt_1/list-1.csv": []byte("a,b"), "imports/imp_1/page-00000.json": []byte("{}"),
	} {
		all[blob.Key(ws+"/"+name)] = body
	}
	all[blob.Key("uploads/"+ws+"/att_4")] = noise(12)
	for key, body := range all {
		if err := h.Files.Put(t.Context(), key, blob.Info{Type: "image/jpeg", Size: int64(len(body))}, bytes.NewReader(body)); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// wantFiles checks that of the files those that move are in a house, byte for
// byte, and nothing else.
func wantFiles(t *testing.T, h *moving.House, ws string, all map[blob.Key][]byte) {
	t.Helper()
	found, err := h.Files.List(t.Context(), ws, "", blob.MaxList)
	if err != nil {
		t.Fatal(err)
	}
	moved := 0
	for key, body := range all {
		if !strings.HasPrefix(string(key), ws+"/attachments/") {
			continue
		}
		moved++
		r, info, err := h.Files.Open(t.Context(), key)
		if err != nil {
			t.Errorf("%s: %v", key, err)
			continue
		}
		got, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err != nil || sha256.Sum256(got) != sha256.Sum256(body) || info.Type != "image/jpeg" {
			t.Errorf("%s: %d bytes of %s arrived, want the %d that left; %v", key, len(got), info.Type, len(body), err)
		}
	}
	if len(found) != moved {
		t.Errorf("%d files are there, want %d: %v", len(found), moved, found)
	}
	if up, err := h.Files.List(t.Context(), "uploads/"+ws, "", 10); err != nil || len(up) > 0 {
		t.Errorf("what had only arrived came along: %v, %v", up, err)
	}
}

// TestFilesMoveThereAndBack byte for byte, from a directory into a bucket and
// from there into another directory, longer ones in parts; what stays is named,
// the old house keeps all of it, and links lead to the new one.
func TestFilesMoveThereAndBack(t *testing.T) {
	t.Parallel()
	clock, dirs := host.TestClock(noon), [2]string{t.TempDir(), t.TempDir()}
	from, leave := house(t, dirs[0], false, clock)
	w := tenant(t, from)
	all := store(t, from, w.ID)
	other := blob.Key("wsp_other/attachments/att_1/file")
	if err := from.Files.Put(t.Context(), other, blob.Info{Type: "image/png", Size: 1}, strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	away, out := order(t, w.ID, "")
	must(t, moving.Export(t.Context(), from, away), out)
	for _, want := range []string{"file of an attachment                         6            6", "1 × upload that was not completed", "1 × file of an export", "1 × file of an import"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the report does not say %q:\n%s", want, out)
		}
	}
	for key := range all {
		if r, _, err := from.Files.Open(t.Context(), key); err != nil {
			t.Errorf("the old house has lost %s: %v", key, err)
		} else {
			r.Close()
		}
	}
	leave()
	aws, _, stack := cloud(t, clock.Now)
	must(t, moving.Import(t.Context(), aws, away), out)
	wantFiles(t, aws, w.ID, all)
	key := blob.Key(w.ID + "/attachments/att_2/file")
	link, err := aws.Files.Link(t.Context(), key, blob.Show{}, noon.Add(time.Minute))
	if err != nil || !strings.Contains(link, "/"+stack.Files+"/"+string(key)) {
		t.Errorf("a link leads to %s, %v; want the bucket", link, err)
	}
	if res, err := http.Get(link); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("the link: %v, %v", res, err)
	}
	must(t, moving.Import(t.Context(), aws, away), out) // once more: it compares
	back, _ := order(t, w.ID, "")
	must(t, moving.Export(t.Context(), aws, back), out)
	to, arrive := house(t, dirs[1], false, clock)
	defer arrive()
	must(t, moving.Import(t.Context(), to, back), out)
	wantFiles(t, to, w.ID, all)
}

// A breaking store fails after so many calls, as a process that is killed.
type breaking struct {
	blob.Mover
	left atomic.Int64
}

func broken(store blob.Mover, after int64) *breaking {
	b := &breaking{Mover: store}
	b.left.Store(after)
	return b
}

var errKilled = errors.New("killed")

func (b *breaking) Open(ctx context.Context, key blob.Key) (io.ReadCloser, blob.Info, error) {
	if b.left.Load() < 0 {
		return nil, blob.Info{}, errKilled
	}
	r, info, err := b.Mover.Open(ctx, key)
	if err != nil {
		return r, info, err
	}
	return struct {
		io.Reader
		io.Closer
	}{&cutting{r, b}, r}, info, nil
}

type cutting struct {
	io.Reader
	b *breaking
}

func (c *cutting) Read(p []byte) (int, error) {
	if c.b.left.Add(-1) < 0 {
		return 0, errKilled
	}
	return c.Reader.Read(p)
}

func (b *breaking) Put(ctx context.Context, key blob.Key, info blob.Info, body io.Reader) error {
	return b.Mover.Put(ctx, key, info, &cutting{body, b})
}

// TestAnImportThatBreaksOffAnywhereGoesOn: after each part of each file, in
// another run, as the same file.
func TestAnImportThatBreaksOffAnywhereGoesOn(t *testing.T) {
	t.Parallel()
	clock := host.TestClock(noon)
	from, leave := house(t, t.TempDir(), false, clock)
	w := tenant(t, from)
	all := store(t, from, w.ID)
	o, out := order(t, w.ID, "")
	must(t, moving.Export(t.Context(), from, o), out)
	leave()
	to, arrive := house(t, t.TempDir(), false, clock)
	defer arrive()
	whole := to.Files
	times := 0
	for n := int64(1); ; n += 7 {
		to.Files = broken(whole, n)
		err := moving.Import(t.Context(), to, o)
		if err == nil {
			break
		}
		if times++; times > 100 {
			t.Fatal(err)
		}
	}
	if to.Files = whole; times == 0 {
		t.Error("it never broke off")
	}
	wantFiles(t, to, w.ID, all)
}

// TestAFileThatArrivedOtherwiseIsNotTaken: the proof finds it, the workspace
// stays closed, and the same import begins anew.
func TestAFileThatArrivedOtherwiseIsNotTaken(t *testing.T) {
	t.Parallel()
	clock := host.TestClock(noon)
	from, leave := house(t, t.TempDir(), false, clock)
	w := tenant(t, from)
	all := store(t, from, w.ID)
	o, out := order(t, w.ID, "")
	must(t, moving.Export(t.Context(), from, o), out)
	leave()
	to, arrive := house(t, t.TempDir(), false, clock)
	defer arrive()
	to.Files = &wrong{Mover: to.Files}
	if err := moving.Import(t.Context(), to, o); fault.CodeOf(err) != "moving.unequal" {
		t.Errorf("got %v, want moving.unequal", err)
	}
	must(t, moving.Import(t.Context(), to, o), out)
	wantFiles(t, to, w.ID, all)
	again, arriving := house(t, t.TempDir(), false, clock)
	defer arriving()
	store(t, again, w.ID)
	if err := moving.Import(t.Context(), again, o); fault.CodeOf(err) != "moving.files" {
		t.Errorf("into a house with files of an earlier stay: got %v, want moving.files", err)
	}
	if n := len(everything(t, again)); n != 0 {
		t.Errorf("%d items were stored", n)
	}
}

// wrong stores the first file with one letter changed.
type wrong struct {
	blob.Mover
	once atomic.Bool
}

func (w *wrong) Put(ctx context.Context, key blob.Key, info blob.Info, body io.Reader) error {
	if strings.HasSuffix(string(key), "att_2/file") && w.once.CompareAndSwap(false, true) {
		body = strings.NewReader("%PDF-1.8")
	}
	return w.Mover.Put(ctx, key, info, body)
}

// TestAnUnknownFileStopsAMove, as an unknown item does.
func TestAnUnknownFileStopsAMove(t *testing.T) {
	t.Parallel()
	h, leave := house(t, t.TempDir(), false, host.TestClock(noon))
	defer leave()
	w := tenant(t, h)
	if err := h.Files.Put(t.Context(), blob.Key(w.ID+"/novelties/x"), blob.Info{Type: "image/png", Size: 1}, strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	o, _ := order(t, w.ID, "")
	if err := moving.Export(t.Context(), h, o); fault.CodeOf(err) != "moving.unknown" {
		t.Errorf("got %v, want moving.unknown", err)
	}
	h.Files = nil
	if err := moving.Export(t.Context(), h, o); fault.CodeOf(err) != "moving.no_bucket" {
		t.Errorf("without a store of files: got %v, want moving.no_bucket", err)
	}
}

// TestALongFileMovesInParts of 1 MiB, which is what is held of it; an export that broke
// off in the middle of it goes on there.
func TestALongFileMovesInParts(t *testing.T) {
	t.Parallel()
	clock := host.TestClock(noon)
	from, leave := house(t, t.TempDir(), false, clock)
	defer leave()
	w := tenant(t, from)
	key, size := blob.Key(w.ID+"/attachments/att_1/file"), int64(96<<20)
	if err := from.Files.Put(t.Context(), key, blob.Info{Type: "application/pdf", Size: size}, io.LimitReader(zeros{}, size)); err != nil {
		t.Fatal(err)
	}
	o, out := order(t, w.ID, "")
	whole := from.Files
	from.Files = broken(whole, 40)
	if err := moving.Export(t.Context(), from, o); err == nil {
		t.Fatal("it did not break off")
	}
	cut, err := os.Stat(o.Path)
	from.Files = whole
	must(t, errors.Join(err, moving.Export(t.Context(), from, o)), out)
	if cut.Size() < 1<<10 {
		t.Errorf("%d bytes were there already, want some parts", cut.Size())
	}
	f, err := os.Open(o.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := crate.NewReader(f, passphrase)
	for n := 0; err == nil; {
		var c crate.Chunk
		if c, err = r.Next(); errors.Is(err, io.EOF) && n != 96 {
			t.Errorf("%d parts, want 96", n)
		}
		if c.Part != nil {
			n++
			if len(c.Part.Bytes) != 1<<20 || c.Part.At != int64(n-1)<<20 {
				t.Errorf("part %d has %d bytes at %d", n, len(c.Part.Bytes), c.Part.At)
			}
		}
	}
	to, arrive := house(t, t.TempDir(), false, clock)
	defer arrive()
	must(t, moving.Import(t.Context(), to, o), out)
	if found, err := to.Files.List(t.Context(), w.ID, "", 2); err != nil || fmt.Sprint(found) != fmt.Sprint([]blob.File{{Key: key, Size: size}}) {
		t.Errorf("got %v, %v", found, err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
