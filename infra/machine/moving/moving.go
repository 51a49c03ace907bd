// Package moving carries a whole workspace, history included, from one house (a
// machine's file, a DynamoDB table) into a crate and from there into another.
//
// What it promises:
//   - Whatever is stored moves, or its noun has said why it stays (table.Kind,
//     blob.Kind). An item or file that no noun knows stops the move, and is never
//     lost silently.
//   - Items arrive as they were: version, place in the index, expiry, and the
//     document byte for byte, except that secrets are sealed with the other
//     house's key; files arrive byte for byte, under the same keys. Both houses
//     are counted and hashed, and the move fails unless they agree.
//   - The workspace leaves the old house before it is read, so that nothing is
//     changed or sent there any more. In the new house nobody can see it before
//     everything is there and has been compared; then its work is carried on.
//   - Killed at any point and begun again, it ends in the same state.
//
// What a kind is, the nouns say; which adapters stand behind a house, the
// command does.
package moving

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"motorpool/shared/app"
	"motorpool/shared/blob"
	"motorpool/shared/fault"
	"motorpool/shared/secrets"
	"motorpool/shared/table"
)

// House is a place where workspaces live.
type House struct {
	Name  string // "machine" or "aws": in the crate's manifest, for people
	Table interface {
		table.Table
		table.Mover
	}
	Box       secrets.Box
	App       *app.App
	Kinds     []table.Kind // app.Kinds()
	Files     blob.Mover   // what was uploaded, and made of it
	FileKinds []blob.Kind  // app.FileKinds()
	Now       func() time.Time

	// Settle is how long after a workspace has left somebody may still be working
	// on it; zero if nobody can be.
	Settle time.Duration

	// Untold returns who knows of an event whether nobody was told of it yet;
	// left is when the workspace left.
	Untold func(ctx context.Context, left time.Time) (func(table.Item) bool, error)

	// Queued returns how many messages the queues hold, of whichever workspace; nil
	// if Waiting can tell whose they are, or nobody works on the house. Drain is how
	// long an export waits for them to become none, and Busy has it go on after that
	// (counted from when the workspace had settled).
	Queued func(ctx context.Context) (int, error)
	Drain  time.Duration
	Busy   bool

	// Waiting returns the messages that wait in the queues; nil if they cannot be
	// looked at, because the house's own workers park them.
	Waiting func(ctx context.Context) ([]json.RawMessage, error)

	// Discard takes the workspace's messages out of the queues and its runs out
	// of the timeline; nil if they end by themselves, because the workspace left.
	Discard func(ctx context.Context, workspace string) error
}

// claimSK is where a house notes that a workspace is being moved in.
const claimSK = "IMPORTING"

func claimKey(workspace string) table.Key {
	return table.Key{PK: "WS#" + workspace, SK: claimSK}
}

func claimKind() table.Kind {
	return table.Kind{Name: "note of an import", PK: "WS#w", SK: claimSK, Stays: "it is about this house"}
}

// report tells people, now and then, how far a long move is.
type report struct {
	to    io.Writer
	what  string
	began time.Time
	last  time.Time
	items int64
}

func newReport(to io.Writer, what string) *report {
	now := time.Now() // progress is told in real time, whatever the product's clock says
	return &report{to: to, what: what, began: now, last: now}
}

// add counts items, and says so every two seconds.
func (r *report) add(n int, bytes int64) {
	r.items += int64(n)
	if now := time.Now(); now.Sub(r.last) >= 2*time.Second {
		r.last = now
		r.say(bytes)
	}
}

func (r *report) say(bytes int64) {
	took := time.Since(r.began)
	fmt.Fprintf(r.to, "%s: %d items, %.1f MB, %.0f items/s\n", r.what, r.items, float64(bytes)/1e6, float64(r.items)/max(took.Seconds(), 0.001))
}

// again does f until the house is not too busy for it any more, for some minutes
// at the most.
func again(ctx context.Context, f func() error) (err error) {
	for wait := 100 * time.Millisecond; wait < 2*time.Minute; wait *= 2 {
		if err = f(); fault.KindOf(err) != fault.Unavailable {
			return err
		}
		if err := pause(ctx, wait); err != nil {
			return err
		}
	}
	return err
}

// pause waits, unless ctx ends.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
