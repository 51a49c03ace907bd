// Package egress sends requests to addresses that strangers chose.
//
// It promises that nothing but the public internet is dialled, whatever a name
// resolves to; that no redirect is followed and no proxy is used; that one
// deadline bounds an exchange and small limits bound what is read of the answer;
// that the status line alone decides between success and failure; and that no
// receiver, however hostile, costs more than its own exchange. What to send,
// when to send it again and what to tell the operator is left to package webhook.
package egress

import (
	"context"
	"crypto/x509"
	"net/http"
	"net/netip"
	"time"
)

// Limits of an exchange.
const (
	MaxURL        = 2048     // characters of a URL
	MaxKeptBody   = 16 << 10 // bytes of an answer's body that are read at all
	MaxHeaders    = 64 << 10 // bytes of an answer's headers, status line included
	MaxKeptHeader = 4 << 10  // bytes of an answer's headers that a Result keeps
	MaxInterim    = 5        // informational answers (1xx) before the real one
	maxPerHost    = 256      // connections to one host; more exchanges wait for one of them
	maxIdle       = 1024     // connections kept for the next exchange, in total
	maxIdleOfHost = 256      // … and of one host: as many as it may have, or a busy one would keep dialling
	userAgent     = "Motorpool-Webhooks/1"
)

// Options say how a Client behaves. The zero value is right for production.
type Options struct {
	// AllowPrivate lets requests go to loopback, private and otherwise refused
	// addresses, and over http in live workspaces. Only for tests and for the
	// flag -allow-private-targets; whoever sets it must say so loudly.
	AllowPrivate bool

	// Own is the base URL of this product ("https://motorpool.example"): a target
	// under Own + "/inbox/" is one of our own test inboxes. It is dialled at
	// OwnAddr, in plain HTTP, and nowhere else. If either is empty, there is no
	// such exception.
	Own     string
	OwnAddr string

	Deadline time.Duration  // of a whole exchange; zero means 15 s
	Roots    *x509.CertPool // authorities to trust; nil means the system's

	// Lookup resolves a host name; nil means the system's name servers. Whatever
	// it answers is checked, and checked again when dialled.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)

	// Since says how long an exchange that began at an instant has taken; nil means
	// time.Since. It is for who measures something else, and must not find it
	// different on a busy machine. Limits are in real time all the same.
	Since func(time.Time) time.Duration
}

// Classes of failure: stable words that the log, the API and filters use.
const (
	Timeout         = "timeout"            // no complete answer head within the deadline
	DNSError        = "dns_error"          // the name could not be resolved
	Refused         = "connection_refused" // nobody listens at the (public) address
	Reset           = "connection_reset"   // the receiver broke the connection off
	Closed          = "connection_closed"  // the receiver closed it before a complete answer head
	TLSError        = "tls_error"          // Reason names what is wrong with the certificate or the handshake
	ProtocolError   = "protocol_error"     // what came back is not HTTP/1.x
	HeadersTooLarge = "headers_too_large"  // more than MaxHeaders, or more than MaxInterim informational answers
	Unreachable     = "unreachable"        // no connection: no route, no answer, or a target that is refused
	Blocked         = "blocked"            // the URL as written breaks a rule of CheckURL
	Redirect        = "redirect"           // a 3xx; not followed
	BadStatus       = "status"             // any other answer that is not 2xx
	Interrupted     = "interrupted"        // our side stopped: not the receiver's failure
)

// A Result is what became of one exchange. It never holds an address.
type Result struct {
	At         time.Time     // when the exchange began, by the clock given to Post
	Took       time.Duration // how long until the answer was read; for Unreachable always the same figure
	Status     int           // zero if there was no answer
	Header     http.Header   // of the answer, the first MaxKeptHeader bytes by name
	Body       []byte        // of the answer as sent, the first MaxKeptBody bytes
	Cut        bool          // the body was longer, too slow, or broke off
	Class      string        // one of the classes; empty if Success
	Reason     string        // a sentence for people; empty if Success
	RetryAfter string        // the header as sent, at most 100 bytes
}

// Success reports whether the receiver took it: any 2xx.
func (r Result) Success() bool { return r.Status >= 200 && r.Status <= 299 }
