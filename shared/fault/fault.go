// Package fault is the one error vocabulary of the product. Every error that
// leaves a package is either a fault or a bug: the edge turns a fault into an
// RFC 9457 problem and a bug into "internal" plus a log line.
//
// A fault is made where the fact is known and never re-made on the way up.
package fault

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what the caller can do about an error.
type Kind int

// The kinds, with the HTTP status that the edge gives them.
const (
	Internal        Kind = iota // 500: ours; the caller can do nothing
	Invalid                     // 422: the request is wrong as written
	Unauthenticated             // 401: say who you are
	Denied                      // 403: the caller may not do this
	NotFound                    // 404: no such thing, or not the caller's to see
	Conflict                    // 409: right request, wrong moment: reload and decide again
	Stale                       // 412: If-Match named a version that is no longer the current one
	TooLarge                    // 413: more bytes than we take
	TooMany                     // 429: slow down; After says for how long
	Unavailable                 // 503: try the same request later
)

// Error carries a message that is safe to show and a cause that is not.
type Error struct {
	Kind    Kind
	Code    string        // stable and machine-readable: "webhook.url"
	Message string        // a sentence for people that says what to do
	Fields  []Field       // what is wrong where, for forms; may be empty
	After   time.Duration // when to try again; zero if unknown
	Err     error         // the cause, for the log only
}

// Field is one input that is wrong.
type Field struct {
	Name   string // as the caller wrote it: "events[2]"
	Reason string // a sentence that says what would be right
}

func (e *Error) Error() string {
	if e.Err != nil {
		return e.Code + ": " + e.Message + ": " + e.Err.Error()
	}
	return e.Code + ": " + e.Message
}

func (e *Error) Unwrap() error { return e.Err }

// New returns a fault with a message for people.
func New(k Kind, code, format string, args ...any) *Error {
	return &Error{Kind: k, Code: code, Message: fmt.Sprintf(format, args...)}
}

// Because returns e with the cause err, which is logged and never shown.
func (e *Error) Because(err error) *Error {
	with := *e
	with.Err = err
	return &with
}

// At returns e naming the field that is wrong; the field's reason is e's message.
func (e *Error) At(field string) *Error {
	with := *e
	with.Fields = append(append([]Field(nil), e.Fields...), Field{field, e.Message})
	return &with
}

// KindOf reports the kind of err; an error that is not a fault is Internal.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// CodeOf reports the stable code of err, or "internal".
func CodeOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return "internal"
}
