package host

import (
	"context"
	"time"

	"motorpool/shared/app"
)

// A Backend is what a host stands on: where things rest, and what wakes the
// workers. The embedded one is the machine's; infra/aws/local has one on the
// services of AWS.
type Backend interface {
	// Ports are the table, the queues, the timeline, the box and the store of
	// files, unless the host serves that itself. The host adds the rest.
	Ports() app.Ports

	// Loops are what hands work to h, each until its context ends. A loop
	// returns when the work that it handed out is done.
	Loops(h *Host) []func(context.Context)

	// Sources are what can fall due, in the order in which work flows.
	Sources() []Source

	// Depth counts the messages of one of app.Queues.
	Depth(queue string) Depth

	// Close ends a backend whose loops have returned.
	Close() error
}

// A Source is something that falls due: the feed, queues, the timeline, the
// schedule.
type Source interface {
	Next() (time.Time, bool) // the earliest instant at which something falls due that waits for its time
	Idle() bool              // nothing is due or under way
	Wake()                   // the clock has moved: look again
}

// Depth counts a queue's messages, each once.
type Depth struct {
	Ready    int // waiting for their turn
	Delayed  int // waiting for their time
	InFlight int // with a handler
	Dead     int // given up
}
