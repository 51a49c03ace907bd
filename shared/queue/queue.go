// Package queue moves work from whoever knows of it to whoever does it: at least
// once, in no promised order, on SQS or in the machine's file.
//
// A message is small (ids, never documents) and its handler is idempotent.
// Messages of one group take turns with the other groups', so that a group with
// much work, or slow work, delays only itself ("fair queue").
package queue

import (
	"context"
	"encoding/json"
	"time"
)

// Limits are SQS's; every adapter enforces them with a fault.Invalid.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
const (
	MaxBody  = 200_000          // bytes of one message's body
	MaxDelay = 15 * time.Minute // longest Delay
	MaxGroup = 128              // bytes of a group's name: visible ASCII, no space
)

// A Message is one piece of work.
type Message struct {
	ID       string          // given by the queue; empty when sending
	Group    string          // whose turn it is: an endpoint, a workspace; never empty
	Body     json.RawMessage // what to do: valid JSON
	Delay    time.Duration   // not before now + Delay, at most MaxDelay; only when sending
	Receives int             // how often it has been handed out, this time included; only when received
}

// Queue accepts messages and hands them out. It is safe for concurrent use.
type Queue interface {
	// Send stores the messages; when it returns nil they survive a crash. If it
	// returns an error some of them may have been stored: send all again.
	Send(ctx context.Context, msgs ...Message) error

	// Serve hands messages to h, several at once, until ctx ends, and returns
	// when the handlers it started have. A message whose handler returns nil is
	// gone; any other (a panic included) is handed out again after the queue's
	// visibility timeout, and lies among the dead letters after the queue's limit
	// of receives.
	//
	// The context of a handler outlives ctx, so that a shutdown lets work under
	// way finish: a handler that talks to others brings its own deadline.
	Serve(ctx context.Context, h Handler) error
}

// A Handler does the work of one message. It must be idempotent, and may be
// called for several messages at once.
type Handler func(ctx context.Context, m Message) error
