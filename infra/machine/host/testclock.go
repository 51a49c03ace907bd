package host

import (
	"context"
	"net/http"
	"runtime"
	"strings"
	"time"

	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/fault"
)

// restless is the fault of work that does not come to rest at one instant.
func restless() error {
	return fault.New(fault.Unavailable, "clock.restless", "Work went on for more than a minute at one instant of the test clock. Is a receiver hanging?")
}

// Advance moves the test clock to the given instant. On the way it stops at
// every instant at which something falls due, in order, and waits until all
// that follows from it is done before it goes on.
func (h *Host) Advance(ctx context.Context, to time.Time) error {
	h.advancing.Lock()
	defer h.advancing.Unlock()
	for {
		if err := h.Settle(ctx); err != nil {
			return err
		}
		next, ok := h.next()
		if !ok || next.After(to) {
			break
		}
		h.clock.move(next)
		h.wake()
	}
	h.clock.move(to)
	h.wake()
	return h.Settle(ctx)
}

// Settle waits until nothing is due or under way. It looks at the sources in the
// order in which work flows, and believes them when two whole rounds agree. At
// first it only makes way for others, because most work is done within
// microseconds, and months of a test clock are made of many such moments.
func (h *Host) Settle(ctx context.Context) error {
	deadline := time.Now().Add(time.Minute)
	for round, quiet := 0, 0; quiet < 2; round++ {
		quiet++
		if !h.idle() {
			quiet = 0
		}
		if round < 100 {
			runtime.Gosched()
			continue
		}
		if time.Now().After(deadline) {
			return restless()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Millisecond):
		}
	}
	return nil
}

func (h *Host) idle() bool {
	for _, s := range h.sources {
		if !s.Idle() {
			return false
		}
	}
	return h.sources[0].Idle() // what the last did may have given the first something to do
}

func (h *Host) next() (earliest time.Time, ok bool) {
	for _, s := range h.sources {
		if t, some := s.Next(); some && (!ok || t.Before(earliest)) {
			earliest, ok = t, true
		}
	}
	return earliest, ok
}

func (h *Host) wake() {
	for _, s := range h.sources {
		s.Wake()
	}
}

// clockRoutes exist only on a test clock.
func (h *Host) clockRoutes() []api.Route {
	return []api.Route{{
		Name: "machine.get_clock", Method: http.MethodGet, Path: "/test/clock", Door: api.OpenDoor,
		Handle: rest.JSON(func(context.Context, *api.Call, api.None) (clockView, error) {
			return clockView{h.clock.Now()}, nil
		}),
	}, {
		Name: "machine.move_clock", Method: http.MethodPost, Path: "/test/clock", Door: api.OpenDoor,
		Handle: rest.JSON(h.moveClock),
	}}
}

type clockView struct {
	Now time.Time `json:"now"`
}

type moveClockInput struct{ Body clockMove }

// clockMove is one or the other.
type clockMove struct {
	Advance string    `json:"advance,omitempty" doc:"How far: 36h, 90m, 5s, 30d"`
	To      time.Time `json:"to,omitzero" doc:"Where to"`
}

func (h *Host) moveClock(ctx context.Context, _ *api.Call, in moveClockInput) (clockView, error) {
	to, err := in.Body.target(h.clock.Now())
	if err == nil {
		err = h.Advance(ctx, to)
	}
	return clockView{h.clock.Now()}, err
}

func (m clockMove) target(now time.Time) (time.Time, error) {
	if (m.Advance == "") == m.To.IsZero() {
		return now, fault.New(fault.Invalid, "clock.move", `Send {"advance":"36h"} or {"to":"2026-07-01T00:00:00Z"}.`)
	}
	to := m.To
	if m.Advance != "" {
		by, err := parseAdvance(m.Advance)
		if err != nil {
			return now, fault.New(fault.Invalid, "clock.advance", `Give a duration such as "36h", "90m", "5s" or "30d".`).At("advance")
		}
		to = now.Add(by)
	}
	if to.Before(now) {
		return now, fault.New(fault.Invalid, "clock.past", "The clock only moves forward; it is %s now.", now.Format(time.RFC3339))
	}
	return to, nil
}

// parseAdvance reads Go's durations and, because months of billing are tested
// so, whole days: "30d".
func parseAdvance(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		d, err := time.ParseDuration(days + "h")
		return d * 24, err
	}
	return time.ParseDuration(s)
}
