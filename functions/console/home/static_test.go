package home

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http/httptest"
	"testing"

	"motorpool/functions/console/look"
)

// TestStaticFilesTravelPacked: whoever takes gzip gets the same file, smaller,
// and is told nothing twice.
func TestStaticFilesTravelPacked(t *testing.T) {
	t.Parallel()
	ask := func(name string, headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), "GET", look.StaticPath(name), nil)
		r.SetPathValue("version", look.StaticVersion())
		r.SetPathValue("file", name)
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		staticFile(w, r, nil)
		return w
	}
	for _, name := range []string{"htmx.min.js", "style.css", "icons.svg"} {
		want, err := fs.ReadFile(look.Static(), name)
		if err != nil {
			t.Fatal(err)
		}
		plain, packed := ask(name, "Accept-Encoding", "br, gzip;q=0"), ask(name, "Accept-Encoding", "deflate, gzip")
		z, err := gzip.NewReader(bytes.NewReader(packed.Body.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(z)
		if err != nil || !bytes.Equal(got, want) || !bytes.Equal(plain.Body.Bytes(), want) || packed.Body.Len() >= len(want) {
			t.Errorf("%s: not the same file, or no smaller: %d bytes of %d, %v", name, packed.Body.Len(), len(want), err)
		}
		if a, b := plain.Header(), packed.Header(); a.Get("Content-Type") != b.Get("Content-Type") || a.Get("Content-Encoding") != "" ||
			b.Get("Content-Encoding") != "gzip" || b.Get("Vary") != "Accept-Encoding" || a.Get("ETag") == b.Get("ETag") || a.Get("Cache-Control") != b.Get("Cache-Control") {
			t.Errorf("%s: got %v, packed %v", name, a, b)
		}
		if w := ask(name, "Accept-Encoding", "gzip", "If-None-Match", packed.Header().Get("ETag")); w.Code != 304 || w.Body.Len() > 0 {
			t.Errorf("%s again: got %d and %d bytes", name, w.Code, w.Body.Len())
		}
	}
	if w := ask("nothing.js", "Accept-Encoding", "gzip"); w.Code != 404 || w.Header().Get("Content-Encoding") != "" {
		t.Errorf("a file that is not there: %d %v", w.Code, w.Header())
	}
}
