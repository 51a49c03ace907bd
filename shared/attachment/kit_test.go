package attachment

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/blob"
	"motorpool/shared/blob/embed"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/picture/plain"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

// bench is a service on a store that clients can send to, and a clock.
type bench struct {
	*Service
	t  *testing.T
	mu sync.Mutex
	at time.Time
}

var mia = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: "wsp_1", Grants: access.All()}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, at: time.Date(2026, 3, 20, 9, 0, 0, 0, time.UTC)}
	var store *embed.Store
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { store.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	store, err := embed.Open(embed.Options{Dir: t.TempDir(), BaseURL: server.URL + "/files", Key: bytes.Repeat([]byte("k"), 32), Now: b.now})
	if err != nil {
		t.Fatal(err)
	}
	b.Service = &Service{Table: tableOf(t, b.now), Files: store, Studio: studio, NewID: ident.Sortable(b.now), Now: b.now}
	return b
}

func (b *bench) now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.at
}

func (b *bench) pass(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.at = b.at.Add(d)
}

// begin announces a file and sends its bytes.
func (b *bench) begin(p Purpose, name, kind string, body []byte) *Attachment {
	b.t.Helper()
	a, how, err := b.Begin(b.t.Context(), mia, Draft{p, name, kind, int64(len(body))}, b.now())
	if err != nil {
		b.t.Fatalf("%s: %v", name, err)
	}
	if status := b.send(how, body); status != http.StatusOK {
		b.t.Fatalf("%s: the store answered %d", name, status)
	}
	return a
}

func (b *bench) send(how blob.Request, body []byte) int {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), how.Method, how.URL, bytes.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	for name, values := range how.Header {
		if name != "Content-Length" {
			r.Header[name] = values
		}
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}

func (b *bench) complete(id string) (*Attachment, error) {
	return b.Complete(context.Background(), mia, id, b.now())
}

// ready uploads a file that has to be taken.
func (b *bench) ready(p Purpose, name, kind string, body []byte) *Attachment {
	b.t.Helper()
	a, err := b.complete(b.begin(p, name, kind, body).ID)
	if err != nil {
		b.t.Fatalf("%s: %v", name, err)
	}
	return a
}

// use makes an attachment somebody's.
func (b *bench) use(id string, p Purpose, by string) error {
	op, err := b.Use(b.t.Context(), mia.Workspace, id, string(p), by)
	if err == nil {
		err = b.Table.Write(b.t.Context(), op)
	}
	return err
}

// stored is a file as the store has it; nil if it has none.
func (b *bench) stored(key blob.Key) []byte {
	b.t.Helper()
	f, _, err := b.Files.Open(b.t.Context(), key)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		b.t.Fatal(err)
	}
	defer f.Close()
	body, err := readAll(f, blob.MaxSize)
	if err != nil {
		b.t.Fatal(err)
	}
	return body
}

// photo is a JPEG of this size: red above, blue below.
func photo(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, scene(w, h), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func scene(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{200, 30, 30, 255}
			if y >= h/2 {
				c = color.RGBA{30, 30, 200, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withEXIF puts metadata of a camera into a JPEG: on its side, 14 March 2026
// 10:30 at +11:00, in Sydney.
func withEXIF(t testing.TB, file []byte, turn uint16) []byte {
	t.Helper()
	var tiff bytes.Buffer
	le := binary.LittleEndian
	u16 := func(v ...uint16) { _ = binary.Write(&tiff, le, v) }
	u32 := func(v ...uint32) { _ = binary.Write(&tiff, le, v) }
	entry := func(tag, kind uint16, count, value uint32) { u16(tag, kind); u32(count, value) }
	tiff.WriteString("II*\x00")
	u32(8)
	u16(3) // IFD0 at 8, 2+36+4 bytes: to 50
	entry(0x0112, 3, 1, uint32(turn))
	entry(0x8769, 4, 1, 50)
	entry(0x8825, 4, 1, 80)
	u32(0)
	u16(2) // Exif at 50, 2+24+4: to 80
	entry(0x9003, 2, 20, 134)
	entry(0x9011, 2, 7, 154)
	u32(0)
	u16(4) // GPS at 80, 2+48+4: to 134
	entry(1, 2, 2, 'S')
	entry(2, 5, 3, 162)
	entry(3, 2, 2, 'E')
	entry(4, 5, 3, 186)
	u32(0)
	tiff.WriteString("2026:03:14 10:30:00\x00+11:00\x00\x00")
	u32(33, 1, 51, 1, 30, 1, 151, 1, 12, 1, 36, 1)
	segment := append([]byte("Exif\x00\x00"), tiff.Bytes()...)
	out := append([]byte{}, file[:2]...)
	out = append(out, 0xff, 0xe1, byte((len(segment)+2)>>8), byte(len(segment)+2))
	out = append(out, segment...)
	return append(out, file[2:]...)
}

// bomb is a PNG that says it has this size and has nothing of it.
func bomb(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = append(binary.BigEndian.AppendUint32(head, h), 8, 2, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

var studio = plain.New()

// tableOf opens an empty table; package apitest's would be a cycle.
func tableOf(t *testing.T, now func() time.Time) table.Table {
	t.Helper()
	tab := embedtest.Open(t, now)
	return tab
}
