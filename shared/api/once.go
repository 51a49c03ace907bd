package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/idempotency"
)

// kept are the headers of an answer that are given again with it.
var kept = []string{"Content-Type", "Etag", "Location"}

// once makes a request that carries an Idempotency-Key happen once.
func (e *Edge) once(next http.Handler, body []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		keys := r.Header.Values("Idempotency-Key")
		if len(keys) == 0 {
			next.ServeHTTP(w, r)
			return
		}
		if !isKey(keys) {
			write(w, r, ProblemOf(r.Context(), fault.New(fault.Invalid, "request.idempotency_key", "An Idempotency-Key has 1 to 255 printable ASCII characters; a new UUID for each new request is best.").At("Idempotency-Key")))
			return
		}
		if e.App == nil || e.App.Idempotency == nil {
			next.ServeHTTP(w, r)
			return
		}
		c := CallFrom(r.Context())
		ticket, before, err := e.App.Idempotency.Begin(r.Context(), c.Actor, idempotency.Request{Route: c.Route.Name, Key: keys[0], Print: fingerprint(r, body)}, c.Now)
		switch {
		case err != nil:
			write(w, r, ProblemOf(r.Context(), err))
		case before != nil:
			again(w, before)
		default:
			e.first(w, r, next, ticket)
		}
	})
}

// first does the request and leaves its answer. Only a success is kept: whoever
// was refused may correct themselves under the same key.
func (e *Edge) first(w http.ResponseWriter, r *http.Request, next http.Handler, ticket *idempotency.Ticket) {
	ctx, err := ticket.Context(r.Context())
	if err != nil {
		write(w, r, ProblemOf(r.Context(), err))
		return
	}
	held := &held{header: w.Header().Clone()}
	defer func() { // the caller may have gone; their key must still be settled
		after, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 10*time.Second)
		defer cancel()
		if held.whole && held.status < 300 {
			err = ticket.Finish(after, held.answer())
		} else {
			err = ticket.Release(after)
		}
		if c := CallFrom(ctx); err != nil && c.failed == nil {
			c.failed = errors.Join(errors.New("idempotency key not settled"), err)
		}
		if held.whole {
			held.send(w)
		}
	}()
	next.ServeHTTP(held, r.WithContext(ctx))
	held.whole = true
}

func isKey(keys []string) bool {
	return len(keys) == 1 && keys[0] != "" && len(keys[0]) <= 255 &&
		!strings.ContainsFunc(keys[0], func(c rune) bool { return c < ' ' || c > '~' })
}

func fingerprint(r *http.Request, body []byte) string {
	h := sha256.New()
	io.WriteString(h, r.Method+" "+r.URL.EscapedPath()+"?"+r.URL.RawQuery+"\n")
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

func again(w http.ResponseWriter, a *idempotency.Answer) {
	for name, value := range a.Header {
		w.Header().Set(name, value)
	}
	w.Header().Set("Idempotency-Replayed", "true")
	w.WriteHeader(a.Status)
	w.Write(a.Body)
}

// held is an answer that is not sent before it is kept.
type held struct {
	header http.Header
	status int
	body   bytes.Buffer
	whole  bool // the handler has returned
}

func (h *held) Header() http.Header { return h.header }

func (h *held) WriteHeader(status int) {
	if h.status == 0 {
		h.status = status
	}
}

func (h *held) Write(b []byte) (int, error) {
	h.WriteHeader(http.StatusOK)
	return h.body.Write(b)
}

func (h *held) answer() idempotency.Answer {
	a := idempotency.Answer{Status: h.status, Header: map[string]string{}, Body: h.body.Bytes()}
	for _, name := range kept {
		if v := h.header.Get(name); v != "" {
			a.Header[name] = v
		}
	}
	return a
}

func (h *held) send(w http.ResponseWriter) {
	for name, values := range h.header {
		w.Header()[name] = values
	}
	w.WriteHeader(h.status)
	w.Write(h.body.Bytes())
}
