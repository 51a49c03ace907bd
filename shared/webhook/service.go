// Package webhook delivers a workspace's events to the addresses it chose:
// signed, retried, logged and explained.
//
// What it promises:
//   - An event that was stored is delivered at least once to every endpoint that
//     wants it, or its delivery ends as failed and says why. No order.
//   - Equal events carry an equal webhook-id to one endpoint, however often they
//     are sent; attempt numbers are unique within a delivery and ascend.
//   - A delivery has one round at a time, and a round at most seven attempts. A
//     success ends the round. A new round takes the place of the one before.
//   - Nothing is sent to an endpoint that was deleted, and nothing but a test to
//     one that is paused or disabled.
//   - A crash between any two steps loses nothing: whoever handed out the work
//     hands it out again, and work that is already done is recognised. That is
//     why a message is sent before the write that it makes unnecessary.
//
// When to try again is the timeline's to keep, how to connect safely is
// egress's, what happened is the outbox's. The package decides; they carry out.
package webhook

import (
	"context"
	"io"
	"net/http"
	"time"

	"motorpool/events"
	"motorpool/shared/audit"
	"motorpool/shared/egress"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/queue"
	"motorpool/shared/secrets"
	"motorpool/shared/table"
	"motorpool/shared/timeline"
)

// Service is what the rest of the product may ask. It is safe for concurrent use.
type Service struct {
	Table     table.Table
	Queue     queue.Queue       // "deliveries": one message for the first attempt of each round
	Jobs      queue.Queue       // "jobs": pages of recover, replay and release
	Timeline  timeline.Timeline // runs by Plan, calling Redeliver
	Box       secrets.Box
	Sender    Sender
	Events    *outbox.Service
	Audit     *audit.Service
	Catalogue []events.Listing // what endpoints may choose from
	Rules     func(ctx context.Context, workspace string) (Rules, error)
	Notify    Notifier // nil: nobody is told
	Meter     Meter    // nil: nobody counts
	NewID     ident.Source
	Random    io.Reader        // of signing secrets: crypto/rand.Reader
	Now       func() time.Time // measures exchanges; every verb is given its instant

	shelf shelf
}

// Sender sends one request, and says what is wrong with an address before
// anything is sent. *egress.Client is one.
type Sender interface {
	Post(ctx context.Context, url string, header http.Header, body []byte, at func() time.Time) egress.Result
	CheckURL(raw string, live bool) error
}

// Rules is what a workspace's mode and settings say about webhooks.
type Rules struct {
	Live             bool          // https only
	Retention        time.Duration // how long deliveries are kept
	DisableAfterDays int           // an endpoint that only failed for so long is disabled; 0: never
	AutoRecover      bool          // recover by itself what was lost while an endpoint failed
	Left             bool          // the workspace has moved into another house: nothing is sent from here
}

// Notifier tells a workspace's administrators that an endpoint was disabled. Its
// ops are written with the change. If it fails the endpoint is disabled all the
// same: the event webhook_endpoint.disabled is the promise, this is a courtesy.
type Notifier interface {
	EndpointDisabled(ctx context.Context, e *Endpoint, at time.Time) ([]table.Op, error)
}
