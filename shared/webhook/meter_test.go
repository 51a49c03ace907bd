package webhook

import (
	"sync"
	"testing"
	"time"
)

// tally is a meter that remembers.
type tally struct {
	mu                                               sync.Mutex
	attempts, failures, givenUp, disabled, published int
}

func (m *tally) add(n *int, by int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	*n += by
}

func (m *tally) Attempted(_ time.Duration, failed bool) {
	m.add(&m.attempts, 1)
	if failed {
		m.add(&m.failures, 1)
	}
}
func (m *tally) GaveUp()         { m.add(&m.givenUp, 1) }
func (m *tally) Disabled()       { m.add(&m.disabled, 1) }
func (m *tally) Published(n int) { m.add(&m.published, n) }

func TestTheMeterCountsWhatHappens(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		answers []int
		want    *tally
	}{
		{"a success at once", []int{200}, &tally{attempts: 1, published: 1}},
		{"a success on the third", []int{500, 500, 204}, &tally{attempts: 3, failures: 2, published: 1}},
		{"nothing but failures", []int{503}, &tally{attempts: 7, failures: 7, givenUp: 1, published: 1}},
		{"410 Gone", []int{410}, &tally{attempts: 1, failures: 1, givenUp: 1, disabled: 1, published: 2}}, // webhook_endpoint.disabled is an event too
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k, got := idleKit(t), &tally{}
			k.Meter = got
			k.serve()
			k.receiver.will(tt.answers...)
			e := k.register()
			k.settle()
			got.mu.Lock()
			got.published = 0 // that it was registered
			got.mu.Unlock()
			k.happen()
			k.after(48 * time.Hour)
			_ = k.only(e.ID)
			got.mu.Lock()
			defer got.mu.Unlock()
			if got.attempts != tt.want.attempts || got.failures != tt.want.failures || got.givenUp != tt.want.givenUp || got.disabled != tt.want.disabled {
				t.Errorf("got %d attempts, %d failed, %d given up, %d disabled; want %d, %d, %d, %d", got.attempts, got.failures, got.givenUp, got.disabled,
					tt.want.attempts, tt.want.failures, tt.want.givenUp, tt.want.disabled)
			}
			if got.published < tt.want.published { // events about the endpoint are published too
				t.Errorf("got %d events published, want at least %d", got.published, tt.want.published)
			}
		})
	}
}

func TestAnAbandonedDeliveryIsGivenUp(t *testing.T) {
	t.Parallel()
	k, got := idleKit(t), &tally{}
	k.Meter = got
	k.serve()
	k.receiver.will(500)
	e := k.register()
	k.happen()
	k.settle()
	d := k.only(e.ID)
	for range 2 { // told twice, counted once
		k.must(k.Abandon(k.ctx(), k.order(d), k.now()))
	}
	if k.only(e.ID).Status != Failed || got.givenUp != 1 {
		t.Errorf("got %s and %d given up, want failed and 1", k.only(e.ID).Status, got.givenUp)
	}
}
