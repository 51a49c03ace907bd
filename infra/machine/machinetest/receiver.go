package machinetest

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// A Receiver is the other company's server: it notes what arrives and answers
// what Answer says.
type Receiver struct {
	URL    string
	Answer func(path string, n int) int // the status for the n-th request (from 1) with one webhook-id; nil means 200

	mu       sync.Mutex
	arrivals map[string][]Arrival // by webhook-id
	count    int
	first    time.Time
	grew     chan struct{}
	srv      *http.Server
}

// An Arrival is one request received.
type Arrival struct {
	At     time.Time
	Path   string
	Event  string // the envelope's id
	Status int    // that it was answered with
}

// NewReceiver listens on a free port of 127.0.0.1.
func NewReceiver() (*Receiver, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &Receiver{URL: "http://" + l.Addr().String(), arrivals: map[string][]Arrival{}, grew: make(chan struct{}, 1)}
	r.srv = &http.Server{Handler: r}
	go r.srv.Serve(l)
	return r, nil
}

// Close stops listening.
func (r *Receiver) Close() { r.srv.Close() }

func (r *Receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	at := time.Now()
	body, _ := io.ReadAll(req.Body)
	var envelope struct{ ID string }
	_ = json.Unmarshal(body, &envelope) // an empty id is noticed by whoever counts
	id := req.Header.Get("webhook-id")
	r.mu.Lock()
	if r.count == 0 {
		r.first = at
	}
	r.count++
	r.arrivals[id] = append(r.arrivals[id], Arrival{At: at, Path: req.URL.Path, Event: envelope.ID})
	n := len(r.arrivals[id])
	r.mu.Unlock()
	select {
	case r.grew <- struct{}{}:
	default:
	}
	status := http.StatusOK
	if r.Answer != nil {
		status = r.Answer(req.URL.Path, n)
	}
	r.mu.Lock()
	if all := r.arrivals[id]; n <= len(all) { // unless forgotten meanwhile
		all[n-1].Status = status
	}
	r.mu.Unlock()
	w.WriteHeader(status)
}

// Forget empties the notes.
func (r *Receiver) Forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.arrivals, r.count, r.first = map[string][]Arrival{}, 0, time.Time{}
}

// Count returns how many requests have arrived since Forget, and when the first did.
func (r *Receiver) Count() (n int, first time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.count, r.first
}

// Arrivals returns a copy of the notes: webhook-id → requests in order.
func (r *Receiver) Arrivals() map[string][]Arrival {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make(map[string][]Arrival, len(r.arrivals))
	for id, a := range r.arrivals {
		all[id] = append([]Arrival(nil), a...)
	}
	return all
}

// Wait returns true once n requests have arrived, or false after within.
func (r *Receiver) Wait(n int, within time.Duration) bool {
	deadline := time.NewTimer(within)
	defer deadline.Stop()
	for {
		if got, _ := r.Count(); got >= n {
			return true
		}
		select {
		case <-r.grew:
		case <-deadline.C:
			return false
		}
	}
}
