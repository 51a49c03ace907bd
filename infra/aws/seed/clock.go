package seed

import (
	"context"
	"fmt"
	"time"

	"motorpool/shared/ident"
	"motorpool/shared/queue"
	"motorpool/shared/timeline"
)

const day = 24 * time.Hour

// A clock is all that differs from one world to another: the time, moved by
// hand, and what is random elsewhere, counted here.
type clock struct {
	at    time.Time     // of the planting
	back  time.Duration // how long before that it is now
	ids   int64         // milliseconds of the identifier made last
	made  int           // secrets
	bytes byte
}

// Now reads the clock.
func (c *clock) Now() time.Time { return c.at.Add(-c.back) }

// ago sets the clock to d before the planting, and reads it.
func (c *clock) ago(d time.Duration) time.Time {
	c.back = d
	return c.Now()
}

// id makes identifiers that ascend and carry the time as it would be had the
// world been planted at Epoch: equal in every world.
func (c *clock) id(prefix string) string {
	c.ids = max(c.ids+1, Epoch.Add(-c.back).UnixMilli())
	return prefix + "_" + ident.Floor(time.UnixMilli(c.ids))
}

// secret makes 26 characters that anybody can guess.
func (c *clock) secret() string {
	c.made++
	return fmt.Sprintf("seed%022d", c.made)
}

// Read gives the bytes that signing secrets are made of.
func (c *clock) Read(b []byte) (int, error) {
	for i := range b {
		c.bytes++
		b[i] = c.bytes
	}
	return len(b), nil
}

// sent is what left through the ports.
type sent struct {
	orders, jobs, letters []queue.Message
	runs                  []timeline.Run
}

// recorded is a queue that remembers what it was sent.
type recorded struct {
	queue.Queue
	sent *[]queue.Message
}

// Send sends, and remembers.
func (q recorded) Send(ctx context.Context, msgs ...queue.Message) error {
	*q.sent = append(*q.sent, msgs...)
	return q.Queue.Send(ctx, msgs...)
}

// begun is a timeline that remembers its runs.
type begun struct {
	timeline.Timeline
	runs *[]timeline.Run
}

// Begin begins, and remembers.
func (t begun) Begin(ctx context.Context, r timeline.Run) error {
	*t.runs = append(*t.runs, r)
	return t.Timeline.Begin(ctx, r)
}
