package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"motorpool/infra/machine/machinetest"
)

// A stage is one machine with one receiver.
type stage struct {
	*machinetest.Machine
	rcv  *machinetest.Receiver
	data string
}

func set(bin string, flags ...string) (*stage, error) {
	data, err := os.MkdirTemp("", "motorpool-bench-")
	if err != nil {
		return nil, err
	}
	rcv, err := machinetest.NewReceiver()
	if err != nil {
		return nil, err
	}
	m, err := machinetest.Start(bin, data, flags...)
	if err != nil {
		return nil, err
	}
	return &stage{m, rcv, data}, nil
}

func (s *stage) strike() {
	s.Kill()
	s.rcv.Close()
	os.RemoveAll(s.data)
}

// steady publishes 100 events a second and compares the instant at which each
// was acknowledged with the instant at which it reached the receiver.
func steady(ctx context.Context, bin string, seconds int) ([]row, error) {
	s, err := set(bin)
	if err != nil {
		return nil, err
	}
	defer s.strike()
	if _, err := s.Endpoint(ctx, s.rcv.URL+"/hook", "custom.*"); err != nil {
		return nil, err
	}
	used := s.CPU()
	acked, err := publish(ctx, s, 100, seconds*100)
	if err != nil {
		return nil, err
	}
	if !s.rcv.Wait(len(acked), 10*time.Second) {
		return nil, errors.New("not everything arrived")
	}
	var waits []time.Duration
	for _, all := range s.rcv.Arrivals() {
		waits = append(waits, max(0, all[0].At.Sub(acked[all[0].Event])))
	}
	return []row{
		{"event accepted → request at the receiver, 100 events/s", "p50 ≤ 3 ms, p99 ≤ 15 ms", fmt.Sprintf("p50 %s, p99 %s", ms(quantile(waits, 50)), ms(quantile(waits, 99)))},
		{"memory at 100/s", "≤ 60 MiB", fmt.Sprintf("%.1f MiB", float64(s.Memory())/(1<<20))},
		{"CPU at 100/s", "", fmt.Sprintf("%s for each event", ms((s.CPU()-used)/time.Duration(len(acked))))},
	}, nil
}

// publish sends n events at the rate and notes when each was acknowledged.
func publish(ctx context.Context, s *stage, rate, n int) (map[string]time.Time, error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	var failed error
	acked := make(map[string]time.Time, n)
	tick := time.NewTicker(time.Second / time.Duration(rate))
	defer tick.Stop()
	for i := range n {
		<-tick.C
		wg.Go(func() {
			id, err := s.Event(ctx, "custom.bench", payload(i))
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = err
				return
			}
			acked[id] = time.Now()
		})
	}
	wg.Wait()
	return acked, failed
}

// payload is 600 bytes of JSON, or close to it.
func payload(n int) map[string]any {
	return map[string]any{"n": n, "text": strings.Repeat("the quick brown fox jumps over the lazy dog ", 13)}
}

// flatOut publishes as fast as 64 clients can and waits for the last delivery.
func flatOut(ctx context.Context, bin string, n int) ([]row, error) {
	s, err := set(bin)
	if err != nil {
		return nil, err
	}
	defer s.strike()
	if _, err := s.Endpoint(ctx, s.rcv.URL+"/hook", "custom.*"); err != nil {
		return nil, err
	}
	began, used := time.Now(), s.CPU()
	if err := pour(ctx, s, n); err != nil {
		return nil, err
	}
	if !s.rcv.Wait(n, 5*time.Minute) {
		return nil, errors.New("not everything arrived")
	}
	took, cpu := time.Since(began), s.CPU()-used
	return []row{{
		"sustained deliveries, flat out, 600-byte payload", "≥ 2,500 /s, ≤ 0.4 ms CPU each",
		fmt.Sprintf("%.0f /s, %s CPU each, %.1f MiB", float64(n)/took.Seconds(), ms(cpu/time.Duration(n)), float64(s.Memory())/(1<<20)),
	}}, nil
}

func pour(ctx context.Context, s *stage, n int) error {
	next := make(chan int)
	go func() {
		defer close(next)
		for i := range n {
			next <- i
		}
	}()
	errs := make(chan error, 64)
	for range cap(errs) {
		go func() {
			var failed error
			for i := range next {
				if _, err := s.Event(ctx, "custom.bench", payload(i)); err != nil {
					failed = err
				}
			}
			errs <- failed
		}()
	}
	var failed error
	for range cap(errs) {
		failed = errors.Join(failed, <-errs)
	}
	return failed
}

// retries lets 40 events fail once and measures the 5 s step.
func retries(ctx context.Context, bin string) ([]row, error) {
	s, err := set(bin)
	if err != nil {
		return nil, err
	}
	defer s.strike()
	s.rcv.Answer = func(_ string, n int) int {
		if n == 1 {
			return http.StatusServiceUnavailable
		}
		return http.StatusOK
	}
	if _, err := s.Endpoint(ctx, s.rcv.URL+"/hook", "custom.*"); err != nil {
		return nil, err
	}
	if _, err := publish(ctx, s, 20, 40); err != nil {
		return nil, err
	}
	if !s.rcv.Wait(80, 20*time.Second) {
		return nil, errors.New("not every event came twice")
	}
	var errs []time.Duration
	for _, all := range s.rcv.Arrivals() {
		errs = append(errs, (all[1].At.Sub(all[0].At) - 5*time.Second).Abs())
	}
	return []row{{"error of the 5 s retry, 40 events", "≤ 50 ms", fmt.Sprintf("worst %s, p50 %s", ms(slices.Max(errs)), ms(quantile(errs, 50)))}}, nil
}

// fanOut publishes to ten endpoints at once.
func fanOut(ctx context.Context, bin string, n int) ([]row, error) {
	s, err := set(bin)
	if err != nil {
		return nil, err
	}
	defer s.strike()
	for i := range 10 {
		if _, err := s.Endpoint(ctx, fmt.Sprintf("%s/hook/%d", s.rcv.URL, i), "custom.*"); err != nil {
			return nil, err
		}
	}
	began, used := time.Now(), s.CPU()
	if err := pour(ctx, s, n); err != nil {
		return nil, err
	}
	if !s.rcv.Wait(n*10, 5*time.Minute) {
		return nil, errors.New("not everything arrived")
	}
	rate := float64(n*10) / time.Since(began).Seconds()
	return []row{{"fan-out 1 → 10", "≥ 4,000 deliveries/s", fmt.Sprintf("%.0f /s, %s CPU each", rate, ms((s.CPU()-used)/time.Duration(n*10)))}}, nil
}

// crashes kills the machine under 150 events a second.
func crashes(ctx context.Context, bin string, kills int) ([]row, error) {
	if kills == 0 {
		return nil, nil
	}
	t, err := machinetest.Crash(ctx, bin, kills, 150)
	if err != nil {
		return nil, err
	}
	return []row{{
		fmt.Sprintf("SIGKILL under load, restart (%d times, %d events)", t.Kills, t.Acknowledged),
		"0 acknowledged lost, ≤ 0.1 % duplicates, first delivery ≤ 1 s after start",
		fmt.Sprintf("%d lost, %.3f %% duplicates (%d), %d with a changed webhook-id, first delivery ≤ %s",
			t.Lost, 100*float64(t.Duplicates)/float64(t.Acknowledged), t.Duplicates, t.Strangers, ms(t.SlowestFirst)),
	}}, nil
}

func quantile(d []time.Duration, percent int) time.Duration {
	slices.Sort(d)
	return d[min(len(d)-1, len(d)*percent/100)]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond)) }
