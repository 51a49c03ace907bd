// Package blobtest is the definition of blob.Store, in the form of a test. An
// adapter is done when Run passes against it.
package blobtest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/blob"
	"motorpool/shared/fault"
)

// An Opener returns an empty store that reads the clock now.
type Opener func(t *testing.T, now func() time.Time) blob.Store

// Config is what differs between the places where the suite runs.
type Config struct {
	Open Opener
	// Trusting says that the far side is an emulator that looks at no signature:
	// the stories about refused requests are not told to it.
	Trusting bool
}

// Run tests the stores that c opens.
func Run(t *testing.T, c Config) {
	for _, tt := range []struct {
		name   string
		test   func(*testing.T, *kit)
		strict bool
	}{
		{"gives back what was put", testRoundTrip, false},
		{"knows nothing of what was not put", testAbsent, false},
		{"writes a key once", testOnce, false},
		{"lets one of many writers win", testRace, false},
		{"stores nothing of a body that is too short or too long", testSize, false},
		{"stores nothing of a body that breaks off", testBroken, false},
		{"deletes for good", testDelete, false},
		{"refuses bad keys, sizes and types", testBad, false},
		{"takes what a client uploads", testUpload, false},
		{"links to what is stored", testLink, false},
		{"serves a part of a file", testRange, false},
		{"refuses a link that was changed", testChanged, true},
		{"refuses a link for another method", testMethod, true},
		{"refuses a link that is over", testOver, true},
		{"refuses an upload of another size or type", testOther, true},
		{"keeps links short", testUntil, false},
		{"lists what is stored below a name", testList, false},
		{"refuses lists of nobody and of too many", testBadList, false},
	} {
		if tt.strict && c.Trusting {
			continue
		}
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := &kit{at: time.Now().UTC().Truncate(time.Second)}
			k.Store = c.Open(t, k.now)
			tt.test(t, k)
		})
	}
}

// kit is a store and the clock that it reads.
type kit struct {
	blob.Store
	mu sync.Mutex
	at time.Time
}

func (k *kit) now() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.at
}

func (k *kit) pass(d time.Duration) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.at = k.at.Add(d)
}

const key = blob.Key("wsp_1/photos/pho_1.jpg")

func (k *kit) put(t *testing.T, key blob.Key, kind, body string) {
	t.Helper()
	if err := k.Put(t.Context(), key, blob.Info{Type: kind, Size: int64(len(body))}, strings.NewReader(body)); err != nil {
		t.Fatal(err)
	}
}

// want checks that there is a file with this type and these bytes.
func (k *kit) want(t *testing.T, key blob.Key, kind, body string) {
	t.Helper()
	r, info, err := k.Open(t.Context(), key)
	if err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	got, err := io.ReadAll(r)
	if err := errors.Join(err, r.Close()); err != nil {
		t.Fatal(err)
	}
	if string(got) != body || info.Type != kind || info.Size != int64(len(body)) {
		t.Errorf("%s: got %.40q %+v, want %.40q %s", key, got, info, body, kind)
	}
}

func (k *kit) wantNothing(t *testing.T, key blob.Key) {
	t.Helper()
	r, _, err := k.Open(t.Context(), key)
	if err == nil {
		r.Close()
	}
	if fault.KindOf(err) != fault.NotFound || fault.CodeOf(err) != "blob.not_found" {
		t.Errorf("%s: got %v, want blob.not_found", key, err)
	}
}

func testRoundTrip(t *testing.T, k *kit) {
	noise := bytes.Repeat([]byte("\x00\xff\r\n\x80"), 300_000)
	for i, tt := range []struct{ kind, body string }{
		{"text/plain; charset=utf-8", "Zoë\n"}, {"image/jpeg", "\xff\xd8\xff"}, {"application/pdf", ""}, {"application/octet-stream", string(noise)},
	} {
		key := blob.Key(fmt.Sprintf("wsp_1/files/%d/A-b_c.%d", i, i))
		k.put(t, key, tt.kind, tt.body)
		k.want(t, key, tt.kind, tt.body)
	}
}

func testAbsent(t *testing.T, k *kit) {
	k.wantNothing(t, key)
	k.put(t, key, "image/jpeg", "x")
	k.wantNothing(t, key+"x")
	k.wantNothing(t, "wsp_1/photos")
	k.wantNothing(t, "wsp_2/photos/pho_1.jpg")
}

func testOnce(t *testing.T, k *kit) {
	k.put(t, key, "image/jpeg", "first")
	err := k.Put(t.Context(), key, blob.Info{Type: "image/png", Size: 6}, strings.NewReader("second"))
	if fault.KindOf(err) != fault.Conflict || fault.CodeOf(err) != "blob.exists" {
		t.Errorf("got %v, want blob.exists", err)
	}
	k.want(t, key, "image/jpeg", "first")
}

func testRace(t *testing.T, k *kit) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	winner := ""
	for i := range 8 {
		wg.Go(func() {
			body := fmt.Sprintf("writer %d", i)
			err := k.Put(t.Context(), key, blob.Info{Type: "text/plain", Size: 8}, strings.NewReader(body))
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil && winner != "":
				t.Errorf("%s and %s both won", winner, body)
			case err == nil:
				winner = body
			case fault.CodeOf(err) != "blob.exists":
				t.Error(err)
			}
		})
	}
	wg.Wait()
	k.want(t, key, "text/plain", winner)
}

func testSize(t *testing.T, k *kit) {
	for _, n := range []int64{0, 4, 6, 5000} {
		err := k.Put(t.Context(), key, blob.Info{Type: "text/plain", Size: n}, strings.NewReader("five!"))
		if fault.KindOf(err) != fault.Invalid || fault.CodeOf(err) != "blob.size" {
			t.Errorf("5 bytes announced as %d: got %v, want blob.size", n, err)
		}
		k.wantNothing(t, key)
	}
	k.put(t, key, "text/plain", "five!")
}

func testBroken(t *testing.T, k *kit) {
	body := io.MultiReader(strings.NewReader("fiv"), failing{})
	err := k.Put(t.Context(), key, blob.Info{Type: "text/plain", Size: 5}, body)
	if fault.CodeOf(err) != "blob.size" {
		t.Errorf("got %v, want blob.size", err)
	}
	k.wantNothing(t, key)
	k.put(t, key, "text/plain", "five!")
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the client went away") }

func testDelete(t *testing.T, k *kit) {
	k.put(t, key, "text/plain", "x")
	k.put(t, key+"2", "text/plain", "y")
	for range 2 {
		if err := k.Delete(t.Context(), key); err != nil {
			t.Fatal(err)
		}
		k.wantNothing(t, key)
	}
	if err := k.Delete(t.Context(), "wsp_1/photos"); err != nil {
		t.Errorf("a folder: %v", err)
	}
	k.want(t, key+"2", "text/plain", "y")
}

func testBad(t *testing.T, k *kit) {
	good := blob.Info{Type: "text/plain", Size: 1}
	for _, bad := range []blob.Key{
		"", "alone", "/abs", "a/", "a//b", "a/../b", "../b/c", "a/.b", "./a/b", "a/b c", "a/ü", "a/b\x00", "a/b\n", `a\b/c`, "a/b?c", "a/%2e%2e/b",
		blob.Key("a/" + strings.Repeat("x", blob.MaxName+1)), blob.Key(strings.Repeat("abcdefg/", 70) + "x"),
	} {
		err := k.Put(t.Context(), bad, good, strings.NewReader("x"))
		if fault.CodeOf(err) != "blob.key" {
			t.Errorf("put at %q: got %v, want blob.key", bad, err)
		}
		if _, _, err := k.Open(t.Context(), bad); fault.CodeOf(err) != "blob.key" {
			t.Errorf("open %q: got %v, want blob.key", bad, err)
		}
		if err := k.Delete(t.Context(), bad); fault.CodeOf(err) != "blob.key" {
			t.Errorf("delete %q: got %v, want blob.key", bad, err)
		}
		if _, err := k.Link(t.Context(), bad, blob.Show{}, k.now().Add(time.Hour)); fault.CodeOf(err) != "blob.key" {
			t.Errorf("link to %q: got %v, want blob.key", bad, err)
		}
	}
	for _, bad := range []string{"", "jpeg", "text/plain;charset=utf-8", "Text/Plain", "text/plain\r\nX: y", "text/plain; charset=\"utf-8\"", "a/" + strings.Repeat("b", 100)} {
		if err := k.Put(t.Context(), key, blob.Info{Type: bad, Size: 1}, strings.NewReader("x")); fault.CodeOf(err) != "blob.type" {
			t.Errorf("type %q: got %v, want blob.type", bad, err)
		}
	}
	for _, bad := range []int64{-1, blob.MaxSize + 1} {
		if _, err := k.Upload(t.Context(), key, blob.Info{Type: "text/plain", Size: bad}, k.now().Add(time.Hour)); fault.CodeOf(err) != "blob.size" {
			t.Errorf("size %d: got %v, want blob.size", bad, err)
		}
	}
	k.wantNothing(t, key)
}

// send makes a request as a client does, and returns the answer with its body.
func send(t *testing.T, method, url string, header http.Header, body string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range header {
		if name != "Content-Length" { // net/http says it by the body
			req.Header[name] = values
		}
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(got)
}
