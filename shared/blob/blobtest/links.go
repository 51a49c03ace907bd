package blobtest

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"motorpool/shared/blob"
	"motorpool/shared/fault"
)

func (k *kit) upload(t *testing.T, key blob.Key, kind string, size int) blob.Request {
	t.Helper()
	r, err := k.Upload(t.Context(), key, blob.Info{Type: kind, Size: int64(size)}, k.now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (k *kit) link(t *testing.T, key blob.Key, show blob.Show) string {
	t.Helper()
	l, err := k.Link(t.Context(), key, show, k.now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func testUpload(t *testing.T, k *kit) {
	r := k.upload(t, key, "image/png", 5)
	if r.Method != http.MethodPut || r.Header.Get("Content-Type") != "image/png" || r.Header.Get("Content-Length") != "5" || r.Header.Get("If-None-Match") != "*" {
		t.Errorf("the client is told to send %s %v", r.Method, r.Header)
	}
	k.wantNothing(t, key)
	if res, said := send(t, r.Method, r.URL, r.Header, "bytes"); res.StatusCode != http.StatusOK {
		t.Fatalf("got %s %s", res.Status, said)
	}
	k.want(t, key, "image/png", "bytes")
	if res, _ := send(t, r.Method, r.URL, r.Header, "other"); res.StatusCode != http.StatusPreconditionFailed {
		t.Errorf("a second upload: got %s, want 412", res.Status)
	}
	k.want(t, key, "image/png", "bytes")
}

func testLink(t *testing.T, k *kit) {
	k.put(t, key, "image/jpeg", "picture")
	for _, tt := range []struct {
		show blob.Show
		want string
	}{
		{blob.Show{}, `attachment; filename=pho_1.jpg`},
		{blob.Show{Inline: true}, `inline; filename=pho_1.jpg`},
		{blob.Show{Name: "Front left.jpg"}, `attachment; filename="Front left.jpg"`},
		{blob.Show{Name: "Führerschein.jpg"}, `attachment; filename*=utf-8''F%C3%BChrerschein.jpg`},
		{blob.Show{Name: "../a\"b\r\nX: y.jpg"}, `attachment; filename=".._a_b__X: y.jpg"`},
	} {
		res, got := send(t, http.MethodGet, k.link(t, key, tt.show), nil, "")
		if res.StatusCode != http.StatusOK || got != "picture" || res.Header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("%+v: got %s %q %v", tt.show, res.Status, got, res.Header)
		}
		if d := res.Header.Get("Content-Disposition"); d != tt.want {
			t.Errorf("%+v: got %s, want %s", tt.show, d, tt.want)
		}
	}
	// S3 says 403 of what is not there to whoever may not list the bucket.
	if res, _ := send(t, http.MethodGet, k.link(t, key+"x", blob.Show{}), nil, ""); res.StatusCode != http.StatusNotFound && res.StatusCode != http.StatusForbidden {
		t.Errorf("a link to nothing: got %s", res.Status)
	}
}

func testRange(t *testing.T, k *kit) {
	k.put(t, key, "image/jpeg", "0123456789")
	res, got := send(t, http.MethodGet, k.link(t, key, blob.Show{}), http.Header{"Range": {"bytes=2-4"}}, "")
	if res.StatusCode != http.StatusPartialContent || got != "234" {
		t.Errorf("got %s %q", res.Status, got)
	}
}

// testChanged changes each part of a link, one at a time.
func testChanged(t *testing.T, k *kit) {
	k.put(t, key, "image/jpeg", "mine")
	k.put(t, "wsp_2/photos/pho_2.jpg", "image/jpeg", "theirs")
	good := k.link(t, key, blob.Show{})
	u, err := url.Parse(good)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	try := func(what, url string) {
		tried++
		if res, got := send(t, http.MethodGet, url, nil, ""); res.StatusCode != http.StatusForbidden || strings.Contains(got, "mine") || strings.Contains(got, "theirs") {
			t.Errorf("%s: got %s %q, want 403", what, res.Status, got)
		}
	}
	try("another key", strings.Replace(good, string(key), "wsp_2/photos/pho_2.jpg", 1))
	try("a way out", strings.Replace(good, string(key), "wsp_1/photos/..%2f..%2fwsp_2/photos/pho_2.jpg", 1))
	try("nothing signed", strings.Split(good, "?")[0])
	for name := range u.Query() {
		q := u.Query()
		q.Set(name, q.Get(name)+"1")
		other := *u
		other.RawQuery = q.Encode()
		try("another "+name, other.String())
		q.Del(name)
		other.RawQuery = q.Encode()
		try("no "+name, other.String())
	}
	q := u.Query()
	q.Set("more", "1")
	u.RawQuery = q.Encode()
	try("a name more", u.String())
	if tried < 6 {
		t.Errorf("only %d were tried", tried)
	}
}

func testMethod(t *testing.T, k *kit) {
	k.put(t, key, "image/jpeg", "picture")
	for _, method := range []string{http.MethodPut, http.MethodPost, http.MethodDelete} {
		if res, _ := send(t, method, k.link(t, key, blob.Show{}), nil, "x"); res.StatusCode != http.StatusForbidden {
			t.Errorf("%s by a link: got %s", method, res.Status)
		}
	}
	r := k.upload(t, key+"2", "image/jpeg", 1)
	if res, _ := send(t, http.MethodGet, r.URL, nil, ""); res.StatusCode != http.StatusForbidden {
		t.Errorf("reading by an upload: got %s", res.Status)
	}
	k.want(t, key, "image/jpeg", "picture")
}

func testOver(t *testing.T, k *kit) {
	k.put(t, key, "image/jpeg", "picture")
	link, up := k.link(t, key, blob.Show{}), k.upload(t, key+"2", "image/jpeg", 1)
	k.pass(time.Hour - time.Second)
	if res, _ := send(t, http.MethodGet, link, nil, ""); res.StatusCode != http.StatusOK {
		t.Errorf("a second before its end: got %s", res.Status)
	}
	k.pass(time.Second)
	if res, _ := send(t, http.MethodGet, link, nil, ""); res.StatusCode != http.StatusForbidden {
		t.Errorf("at its end: got %s", res.Status)
	}
	if res, _ := send(t, up.Method, up.URL, up.Header, "x"); res.StatusCode != http.StatusForbidden {
		t.Errorf("an upload at its end: got %s", res.Status)
	}
	k.wantNothing(t, key+"2")
}

func testOther(t *testing.T, k *kit) {
	r := k.upload(t, key, "image/jpeg", 5)
	for what, other := range map[string]struct{ kind, body string }{
		"longer": {"image/jpeg", "six by"}, "shorter": {"image/jpeg", "four"}, "empty": {"image/jpeg", ""}, "other type": {"text/html", "bytes"}, "no type": {"", "bytes"},
	} {
		h := r.Header.Clone()
		h.Set("Content-Type", other.kind)
		if res, _ := send(t, r.Method, r.URL, h, other.body); res.StatusCode < 400 || res.StatusCode >= 500 {
			t.Errorf("%s: got %s", what, res.Status)
		}
		k.wantNothing(t, key)
	}
}

func testUntil(t *testing.T, k *kit) {
	for _, d := range []time.Duration{-time.Hour, 0, blob.MaxLast + time.Second} {
		if _, err := k.Link(t.Context(), key, blob.Show{}, k.now().Add(d)); fault.CodeOf(err) != "blob.until" {
			t.Errorf("a link for %s: got %v", d, err)
		}
		if _, err := k.Upload(t.Context(), key, blob.Info{Type: "image/jpeg"}, k.now().Add(d)); fault.CodeOf(err) != "blob.until" {
			t.Errorf("an upload for %s: got %v", d, err)
		}
	}
	if _, err := k.Link(t.Context(), key, blob.Show{}, k.now().Add(blob.MaxLast)); err != nil {
		t.Error(err)
	}
}
