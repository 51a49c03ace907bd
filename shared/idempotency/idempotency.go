// Package idempotency makes a request that is sent twice happen once.
//
// A client gives its request a key. The first request with a key reserves it,
// ties it to its first write (both happen or neither does), and leaves its
// answer there for 24 hours; a second one gets that answer and does nothing.
// What falls between, because the process died, is told apart: not yet written
// means that the request may be sent again, written without an answer means that
// somebody has to look.
//
// Answers may hold secrets (a new API key), so they are sealed. A key belongs to
// the actor who used it. What a request does is left to the route.
package idempotency

import "time"

// How long things last.
const (
	Keeps = 24 * time.Hour  // an answer is given again for so long
	lease = 2 * time.Minute // a request that has neither written nor answered by now is dead; no route takes as long
)

// MaxAnswer is how many bytes of an answer are kept; a longer one is not.
const MaxAnswer = 256 << 10

// Answer is what a request was answered with.
type Answer struct {
	Status int               `json:"status"`
	Header map[string]string `json:"header,omitempty"`
	Body   []byte            `json:"body,omitempty"`
}

// Request names a request: two are the same if Key and Print are.
type Request struct {
	Route string // "webhooks.create_endpoint"
	Key   string // as the client gave it
	Print string // a hash of all that the client asked: method, path, query, body
}

// state says how far the first request has come.
type state string

const (
	running state = "running" // reserved; nothing written yet
	applied state = "applied" // its first write has happened
	broken  state = "broken"  // written, and then it failed
	done    state = "done"    // answered; the answer is here
)
