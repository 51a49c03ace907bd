// Package source plays the parts of AWS that wake functions: Lambda's event
// source mappings for a table's stream and for queues, and Step Functions. What
// it calls is given, and is handed the same JSON that AWS sends.
//
// As on AWS, everything is handed out at least once: what a function did not
// finish before a crash comes again. Where a stream had been read to, and what
// an execution's tasks answered, is noted in a table of the sources' own, so
// that a restart goes on from there.
//
// Every source says when it rests (Idle), when it has something to do next
// (Next), and looks again when it is woken (Wake): on a clock that stands still
// nothing here waits for real time.
package source

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Invoke calls a function by its name with an event as AWS sends it.
type Invoke func(ctx context.Context, name string, event json.RawMessage) (json.RawMessage, error)

// World is what all sources share.
type World struct {
	Invoke Invoke
	Now    func() time.Time
	Frozen bool        // Now stands still until somebody moves it and calls Wake
	Notes  table.Table // where sources remember; nothing else is kept in it
	Log    *slog.Logger
}

// A Function is a Lambda that a source wakes.
type Function struct {
	Name    string        // as _HANDLER names it
	Timeout time.Duration // of one call
}

// call invokes f. The call outlives ctx, as a Lambda outlives its poller.
func (w World) call(ctx context.Context, f Function, event any) (json.RawMessage, error) {
	body, err := json.Marshal(event)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), f.Timeout)
	defer stop()
	return w.Invoke(ctx, f.Name, body)
}

// note reads what was remembered at a key into doc, and returns its version.
func (w World) note(ctx context.Context, k table.Key, doc any) (version int64, err error) {
	it, err := w.Notes.Get(ctx, k)
	if fault.KindOf(err) == fault.NotFound {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return it.Version, json.Unmarshal(it.Doc, doc)
}

// remember stores doc at a key, over the version that was read.
func (w World) remember(ctx context.Context, k table.Key, version int64, doc any) error {
	body, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	return w.Notes.Write(ctx, table.Put(table.Item{Key: k, Version: version, Doc: body}))
}
