// Package runtimeapi is AWS's side of a Lambda: it starts a bootstrap as Lambda
// starts it, hands it one invocation at a time, and takes the answers.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
//
// It promises that a process ends with its context or with Close, and that
// Invoke returns: with an answer, or with the reason why there is none. It
// limits neither memory nor time; who measures does that.
package runtimeapi

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// An Answer is what a function made of an invocation: a result, or an error.
type Answer struct {
	Kind string // "response", "error", or "init": the function could not start
	Body []byte
}

// api serves the Runtime API to one process, on the loopback.
type api struct {
	*httptest.Server
	next    chan []byte // invocations, as JSON
	answers chan Answer

	asked sync.Once
	ready chan struct{} // closed when the function asked for work first
	since time.Time     // when that was; read it once ready is closed
}

func newAPI() *api {
	a := &api{next: make(chan []byte), answers: make(chan Answer, 1), ready: make(chan struct{})}
	var n atomic.Int64
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", func(w http.ResponseWriter, r *http.Request) {
		a.asked.Do(func() {
			a.since = time.Now()
			close(a.ready)
		})
		select {
		case <-r.Context().Done():
		case event := <-a.next:
			w.Header().Set("Lambda-Runtime-Aws-Request-Id", strconv.FormatInt(n.Add(1), 10))
			w.Header().Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(time.Now().Add(time.Minute).UnixMilli(), 10))
			w.Header().Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:123456789012:function:f")
			_, _ = w.Write(event)
		}
	})
	take := func(kind string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			a.answers <- Answer{kind, body}
			w.WriteHeader(http.StatusAccepted)
		}
	}
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/response", take("response"))
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/error", take("error"))
	mux.HandleFunc("POST /2018-06-01/runtime/init/error", take("init"))
	a.Server = httptest.NewServer(mux)
	return a
}

func (a *api) address() string { return strings.TrimPrefix(a.URL, "http://") }
