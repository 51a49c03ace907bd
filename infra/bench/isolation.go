package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"time"
)

// isolation measures the delivery time of 50 healthy endpoints, first alone and
// then while 50 others accept connections and never answer.
func isolation(ctx context.Context, bin string) ([]row, error) {
	alone, err := healthy(ctx, bin, 0)
	if err != nil {
		return nil, err
	}
	beside, err := healthy(ctx, bin, 50)
	if err != nil {
		return nil, err
	}
	a, b := quantile(alone, 99), quantile(beside, 99)
	return []row{{
		"p99 of 50 healthy endpoints while 50 others hang", "≤ 2 × its baseline",
		fmt.Sprintf("%s against %s: %.2f ×", ms(b), ms(a), float64(b)/float64(a)),
	}}, nil
}

// healthy returns the times from acknowledgement to arrival at 50 endpoints of
// which each takes part in every event, beside as many hanging ones.
func healthy(ctx context.Context, bin string, hanging int) ([]time.Duration, error) {
	s, err := set(bin)
	if err != nil {
		return nil, err
	}
	defer s.strike()
	hole, err := net.Listen("tcp", "127.0.0.1:0") // accepts in the kernel, answers never
	if err != nil {
		return nil, err
	}
	defer hole.Close()
	for i := range 50 {
		if _, err := s.Endpoint(ctx, fmt.Sprintf("%s/hook/%d", s.rcv.URL, i), "custom.*"); err != nil {
			return nil, err
		}
	}
	for i := range hanging {
		if _, err := s.Endpoint(ctx, fmt.Sprintf("http://%s/hook/%d", hole.Addr(), i), "custom.*"); err != nil {
			return nil, err
		}
	}
	acked, err := publish(ctx, s, 5, 100)
	if err != nil {
		return nil, err
	}
	if !s.rcv.Wait(len(acked)*50, 30*time.Second) {
		return nil, errors.New("isolation: not everything arrived at the healthy endpoints")
	}
	var waits []time.Duration
	for _, all := range s.rcv.Arrivals() {
		waits = append(waits, max(0, all[0].At.Sub(acked[all[0].Event])))
	}
	slices.Sort(waits)
	return waits, nil
}
