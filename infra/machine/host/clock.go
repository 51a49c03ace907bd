package host

import (
	"sync"
	"time"
)

// Clock is where the machine's time comes from: the real one, or one that
// stands still until it is moved.
type Clock struct {
	mu     sync.Mutex
	frozen bool
	at     time.Time
}

// RealClock runs.
func RealClock() *Clock { return &Clock{} }

// TestClock stands at the given instant until Move.
func TestClock(at time.Time) *Clock { return &Clock{frozen: true, at: at} }

// Now reads the clock, in UTC.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.frozen {
		return time.Now().UTC()
	}
	return c.at.UTC()
}

// Frozen reports whether this is a test clock.
func (c *Clock) Frozen() bool { return c.frozen }

// move sets a test clock to a later instant; the past is out of reach.
func (c *Clock) move(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if to.After(c.at) {
		c.at = to
	}
}
