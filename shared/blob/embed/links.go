package embed

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"motorpool/shared/blob"
	"motorpool/shared/fault"
)

// Upload is as blob.Store says.
func (s *Store) Upload(_ context.Context, key blob.Key, info blob.Info, until time.Time) (blob.Request, error) {
	if err := errors.Join(key.Valid(), info.Valid(), blob.Until(until, s.now())); err != nil {
		return blob.Request{}, err
	}
	size := strconv.FormatInt(info.Size, 10)
	return blob.Request{
		Method: http.MethodPut,
		URL:    s.sign(http.MethodPut, key, until, url.Values{"type": {info.Type}, "size": {size}}),
		Header: http.Header{"Content-Type": {info.Type}, "Content-Length": {size}, "If-None-Match": {"*"}},
	}, nil
}

// Link is as blob.Store says.
func (s *Store) Link(_ context.Context, key blob.Key, show blob.Show, until time.Time) (string, error) {
	if err := errors.Join(key.Valid(), blob.Until(until, s.now())); err != nil {
		return "", err
	}
	return s.sign(http.MethodGet, key, until, url.Values{"show": {show.Disposition(key)}}), nil
}

// sign makes the URL that allows one thing until an instant.
func (s *Store) sign(method string, key blob.Key, until time.Time, allowed url.Values) string {
	allowed.Set("until", strconv.FormatInt(until.Unix(), 10))
	allowed.Set("signature", s.mac(method, key, allowed))
	return s.base + "/" + string(key) + "?" + allowed.Encode()
}

func (s *Store) mac(method string, key blob.Key, allowed url.Values) string {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte(method + "\n" + string(key) + "\n" + allowed.Encode())) // sorted by name
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// allows reports whether the query carries our signature for this method and
// key, and its time is not over.
func (s *Store) allows(method string, key blob.Key, q url.Values) bool {
	given := q.Get("signature")
	rest := url.Values{}
	for name, values := range q {
		if name != "signature" {
			rest[name] = values
		}
	}
	if !hmac.Equal([]byte(given), []byte(s.mac(method, key, rest))) {
		return false
	}
	until, err := strconv.ParseInt(q.Get("until"), 10, 64)
	return err == nil && s.now().Before(time.Unix(until, 0))
}

// ServeHTTP answers links and uploads, below the path of the base URL. It sends
// what was stored as what it was stored, and keeps browsers from guessing.
func (s *Store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	base, err := url.Parse(s.base)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	key := blob.Key(strings.TrimPrefix(r.URL.Path, base.Path+"/"))
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	q := r.URL.Query()
	if !s.allows(method, key, q) {
		http.Error(w, "This link is not valid, or no longer. Ask for a new one.", http.StatusForbidden)
		return
	}
	if method == http.MethodPut {
		s.take(w, r, key, q)
		return
	}
	s.show(w, r, key, q.Get("show"))
}

// take stores what a client sends by an upload's request.
func (s *Store) take(w http.ResponseWriter, r *http.Request, key blob.Key, q url.Values) {
	size, err := strconv.ParseInt(q.Get("size"), 10, 64)
	if err != nil || r.ContentLength != size || r.Header.Get("Content-Type") != q.Get("type") {
		http.Error(w, "Send the type and the number of bytes that were announced.", http.StatusForbidden)
		return
	}
	err = s.Put(r.Context(), key, blob.Info{Type: q.Get("type"), Size: size}, r.Body)
	switch {
	case err == nil:
		w.WriteHeader(http.StatusOK)
	case fault.KindOf(err) == fault.Conflict:
		http.Error(w, "There is a file already.", http.StatusPreconditionFailed)
	case fault.KindOf(err) == fault.Invalid:
		http.Error(w, "Send as many bytes as were announced.", http.StatusBadRequest)
	default:
		http.Error(w, "The file could not be stored. Please try again in a moment.", http.StatusServiceUnavailable)
	}
}

// show sends a file, or the part of it that was asked for.
func (s *Store) show(w http.ResponseWriter, r *http.Request, key blob.Key, disposition string) {
	f, err := s.open(key)
	if err != nil {
		http.Error(w, "This file is not there, or no longer.", http.StatusNotFound)
		return
	}
	defer f.Close()
	h := w.Header()
	h.Set("Content-Type", f.info.Type)
	h.Set("Content-Disposition", disposition)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age=3600, immutable")
	http.ServeContent(w, r, "", time.Time{}, f)
}
