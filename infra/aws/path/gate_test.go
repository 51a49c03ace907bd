package path

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
)

// A gate stands before DynamoDB Local, and can refuse calls as DynamoDB does, or
// hold them.
type gate struct {
	http.Handler
	mu    sync.Mutex
	guard guard
}

// A guard is asked about each call before it happens. An empty answer lets the
// call through.
type guard func(operation string, body []byte) (refusal string)

func newGate(behind string) *gate {
	to, err := url.Parse(behind)
	if err != nil {
		panic(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.ErrorLog = log.New(io.Discard, "", 0) // callers give up, or are killed
	return &gate{Handler: proxy}
}

// set puts up a guard, or none.
func (g *gate) set(to guard) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.guard = to
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	guard := g.guard
	g.mu.Unlock()
	if guard != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
		if refusal := guard(operation, body); refusal != "" {
			w.Header().Set("Content-Type", "application/x-amz-json-1.0")
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, refusal)
			return
		}
	}
	g.Handler.ServeHTTP(w, r)
}
