package embed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/queue"
)

// server is one call of Serve.
type server struct {
	ctx     context.Context
	handle  queue.Handler
	running sync.WaitGroup
}

// Serve hands out messages until ctx ends. Several may serve one queue.
func (q *Queue) Serve(ctx context.Context, h queue.Handler) error {
	s := &server{ctx: context.WithoutCancel(ctx), handle: h}
	q.mu.Lock()
	q.servers = append(q.servers, s)
	q.start(q.now())
	<-ctx.Done()
	q.mu.Lock()
	q.servers = slices.DeleteFunc(q.servers, func(o *server) bool { return o == s })
	q.mu.Unlock()
	s.running.Wait()
	return q.flush()
}

// server is the one that gets the next message. q.mu is held.
func (q *Queue) server() *server {
	q.turn++
	s := q.servers[q.turn%len(q.servers)]
	s.running.Add(1)
	return s
}

// start hands out what may start, then releases q.mu, which is held.
func (q *Queue) start(at time.Time) {
	q.ripen(at)
	q.arm(at)
	for j, ok := q.next(at); ok; j, ok = q.next(at) {
		go q.work(j)
	}
	q.mu.Unlock()
}

// work does j, and then, to spare a goroutine, whatever has the next turn.
func (q *Queue) work(j job) {
	for ok := true; ok; {
		done := q.attempt(&j)
		s := j.server
		j, ok = q.finish(j, done)
		s.running.Done()
	}
}

// finish notes what came of j and returns a job to go on with, if there is one.
func (q *Queue) finish(j job, done outcome) (job, bool) {
	q.mu.Lock()
	at := q.now()
	j.group.flying--
	q.depth.InFlight--
	switch done {
	case succeeded:
		q.mark(mark{number: j.number, kind: gone})
	case died:
		q.depth.Dead++
		q.mark(mark{number: j.number, kind: buried, receives: j.receives})
	case failed:
		q.mark(mark{number: j.number, kind: counted, receives: j.receives})
		e := j.entry
		e.body, e.left = nil, false
		q.enqueue(j.group.name, e, j.at.Add(q.o.Visibility), at)
	}
	q.line(j.group)
	next, ok := q.next(at)
	q.start(at)
	return next, ok
}

// outcome is what came of handing a message out.
type outcome int

const (
	succeeded outcome = iota
	failed            // comes again
	died              // a dead letter now
)

// attempt hands j out, unless that was done too often already.
func (q *Queue) attempt(j *job) outcome {
	limit := int32(q.o.MaxReceives)
	if j.receives >= limit {
		return q.failed(j, died, errors.New("dead letter: the process ended during its last hand-out"))
	}
	if err := q.prepare(j); err != nil {
		return q.failed(j, failed, err) // not counted: it was not handed out
	}
	j.receives++
	id := strconv.FormatUint(j.number, 36)
	err := call(j.server, queue.Message{ID: id, Group: j.group.name, Body: j.body, Receives: int(j.receives)})
	switch {
	case err == nil:
		return succeeded
	case j.receives >= limit:
		return q.failed(j, died, fmt.Errorf("dead letter: %w", err))
	}
	return q.failed(j, failed, err)
}

// prepare reads j's body if it is not in memory, and counts the hand-out on disk
// if an earlier process left j behind: j may be what ended it.
func (q *Queue) prepare(j *job) error {
	read := func(tx *bolt.Tx) error {
		r := record(tx.Bucket(q.undo).Get(key(j.number)))
		if r == nil {
			return fmt.Errorf("message %d is not in the file", j.number)
		}
		j.body = bytes.Clone(r.body())
		if !j.left {
			return nil
		}
		return tx.Bucket(q.undo).Put(key(j.number), r.received(j.receives+1))
	}
	switch {
	case j.left:
		return q.disk.Update(j.server.ctx, read)
	case j.body == nil:
		return q.disk.View(read)
	}
	return nil
}

func call(s *server, m queue.Message) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return s.handle(s.ctx, m)
}

func (q *Queue) failed(j *job, as outcome, err error) outcome {
	slog.Warn("message failed", "queue", q.name, "group", j.group.name, "receives", j.receives, "error", err)
	return as
}

// doze is the longest that the alarm is set for, so that a clock that was put
// right and a computer that has slept are noticed.
const doze = time.Minute

// arm sets the alarm to the earliest message that waits. q.mu is held.
func (q *Queue) arm(at time.Time) {
	if q.closed || len(q.later) == 0 || q.later[0].due == q.rings {
		return
	}
	q.rings = q.later[0].due
	if q.alarm != nil {
		q.alarm.Stop()
	}
	q.alarm = time.AfterFunc(min(doze, time.Duration(q.rings-at.UnixNano())), func() {
		q.mu.Lock()
		q.rings = 0
		q.start(q.now())
	})
}
