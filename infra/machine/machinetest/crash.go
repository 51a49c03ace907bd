package machinetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"sync"
	"time"
)

// A Toll is what a series of crashes cost.
type Toll struct {
	Kills        int
	Acknowledged int           // events answered with 2xx
	Retried      int           // of these, events whose first attempt was answered 503
	Lost         int           // acknowledged events that were never answered 200
	Duplicates   int           // requests answered 200 beyond the first of one webhook-id
	MostOften    int           // requests with the webhook-id that came most often
	Strangers    int           // events that arrived under two webhook-ids
	SlowestFirst time.Duration // longest time from start to the first delivery
}

// longest is how long a machine lives at the most before it is killed, in milliseconds.
const longest = 2400

// Crash publishes rate events a second to a machine that is killed (SIGKILL) at
// random moments, kills times, and started again each time. Every tenth event
// fails at first and must survive the wait for its retry. Crash then lets the
// machine finish and counts.
func Crash(ctx context.Context, bin string, kills, rate int) (Toll, error) {
	data, err := os.MkdirTemp("", "motorpool-crash-")
	if err != nil {
		return Toll{}, err
	}
	defer os.RemoveAll(data)
	rcv, err := NewReceiver()
	if err != nil {
		return Toll{}, err
	}
	defer rcv.Close()
	m, err := Start(bin, data)
	if err != nil {
		return Toll{}, err
	}
	rcv.Answer = func(path string, n int) int {
		if path == "/flaky" && n == 1 {
			return http.StatusServiceUnavailable
		}
		return http.StatusOK
	}
	for path, events := range map[string]string{"/hook": "custom.load", "/flaky": "custom.flaky"} {
		if _, err := m.Endpoint(ctx, rcv.URL+path, events); err != nil {
			return Toll{}, err
		}
	}
	toll := Toll{Kills: kills}
	acked := map[string]bool{}
	for range kills {
		moment := time.Duration(200+rand.IntN(longest)) * time.Millisecond
		for _, id := range load(ctx, m, rate, moment) {
			acked[id] = true
		}
		began := time.Now()
		before, _ := rcv.Count()
		if m, err = Start(bin, data); err != nil {
			return toll, err
		}
		id, err := m.Event(ctx, "custom.load", map[string]any{})
		if err != nil {
			return toll, fmt.Errorf("the first event after a crash: %w", err)
		}
		acked[id] = true
		if rcv.Wait(before+1, 10*time.Second) {
			toll.SlowestFirst = max(toll.SlowestFirst, time.Since(began))
		}
	}
	toll.Acknowledged = len(acked)
	settle(rcv, acked, 20*time.Second)
	toll.count(rcv, acked)
	return toll, m.Stop()
}

// load publishes at rate until the moment comes, kills the machine under the
// load, and returns the events that were acknowledged before it died.
func load(ctx context.Context, m *Machine, rate int, moment time.Duration) (acked []string) {
	var mu sync.Mutex
	var senders sync.WaitGroup
	end := time.Now().Add(moment)
	for n := 0; time.Now().Before(end); n++ {
		senders.Go(func() {
			kind := "custom.load"
			if n%10 == 9 {
				kind = "custom.flaky"
			}
			id, err := m.Event(ctx, kind, map[string]any{"n": n})
			if err == nil {
				mu.Lock()
				acked = append(acked, id)
				mu.Unlock()
			}
		})
		time.Sleep(time.Second / time.Duration(rate))
	}
	m.Kill()
	senders.Wait()
	return acked
}

// settle waits until every acknowledged event has arrived, or the time is up.
func settle(rcv *Receiver, acked map[string]bool, within time.Duration) {
	for deadline := time.Now().Add(within); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if len(missing(rcv, acked)) == 0 {
			return
		}
	}
}

func missing(rcv *Receiver, acked map[string]bool) (lost []string) {
	arrived := map[string]bool{}
	for _, all := range rcv.Arrivals() {
		for _, a := range all {
			if a.Status == http.StatusOK {
				arrived[a.Event] = true
			}
		}
	}
	for id := range acked {
		if !arrived[id] {
			lost = append(lost, id)
		}
	}
	return lost
}

func (t *Toll) count(rcv *Receiver, acked map[string]bool) {
	ids := map[string]string{}
	for id, all := range rcv.Arrivals() {
		taken := 0
		for _, a := range all {
			if a.Status == http.StatusOK {
				taken++
			}
			if known, ok := ids[a.Event]; ok && known != id {
				t.Strangers++
			}
			ids[a.Event] = id
		}
		t.Duplicates += max(0, taken-1)
		t.MostOften = max(t.MostOften, taken)
		if all[0].Status == http.StatusServiceUnavailable {
			t.Retried++
		}
	}
	t.Lost = len(missing(rcv, acked))
}
