package embed_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motorpool/shared/blob"
	"motorpool/shared/blob/blobtest"
	"motorpool/shared/blob/embed"
)

var secret = bytes.Repeat([]byte("k"), 32)

func open(t *testing.T, dir string, now func() time.Time) *embed.Store {
	t.Helper()
	var s *embed.Store
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	s, err := embed.Open(embed.Options{Dir: dir, BaseURL: server.URL + "/files", Key: secret, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	t.Parallel()
	blobtest.Run(t, blobtest.Config{Open: func(t *testing.T, now func() time.Time) blob.Store { return open(t, t.TempDir(), now) }})
}

func TestFilesAreThereAfterARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := open(t, dir, time.Now).Put(t.Context(), "wsp_1/a", blob.Info{Type: "text/plain", Size: 1}, strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	f, info, err := open(t, dir, time.Now).Open(t.Context(), "wsp_1/a")
	if err != nil || info.Size != 1 {
		t.Fatalf("got %+v %v", info, err)
	}
	f.Close()
}

// TestWhatACrashLeftIsRemoved: a day later, so that another process's upload is
// not taken for it.
func TestWhatACrashLeftIsRemoved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open(t, dir, time.Now)
	old, young := filepath.Join(dir, ".unfinished", "old"), filepath.Join(dir, ".unfinished", "young")
	for _, name := range []string{old, young} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	past := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(old, past, past); err != nil {
		t.Fatal(err)
	}
	open(t, dir, time.Now)
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("it is still there: %v", err)
	}
	if _, err := os.Stat(young); err != nil {
		t.Error(err)
	}
}

func TestAFullOrForbiddenDirectoryIsUnavailable(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := embed.Open(embed.Options{Dir: filepath.Join(file, "below"), Key: secret, Now: time.Now}); err == nil || !strings.Contains(err.Error(), "blob.unavailable") {
		t.Errorf("got %v", err)
	}
	if _, err := embed.Open(embed.Options{Dir: t.TempDir(), Key: secret[:31], Now: time.Now}); err == nil {
		t.Error("a short key signs links")
	}
}

// TestWhatIsServedRunsNothing: a file may be anything, also a page with a script.
func TestWhatIsServedRunsNothing(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), time.Now)
	page := "<script>alert(1)</script>"
	if err := s.Put(t.Context(), "wsp_1/a.html", blob.Info{Type: "text/html", Size: int64(len(page))}, strings.NewReader(page)); err != nil {
		t.Fatal(err)
	}
	link, err := s.Link(t.Context(), "wsp_1/a.html", blob.Show{Inline: true}, time.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.Header.Get("Content-Security-Policy") != "default-src 'none'; sandbox" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("got %v", res.Header)
	}
}
