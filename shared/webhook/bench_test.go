package webhook

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"motorpool/shared/outbox"
	"motorpool/shared/queue"
	"motorpool/shared/timeline"
)

// What Publish and Deliver cost in processor time, the exchange with the
// receiver left out: the budget is 60 µs for each delivery (storage included).

// sink takes messages and runs, and stores nothing: what a queue costs is the
// queue's to measure.
type sink struct{}

func (sink) Send(context.Context, ...queue.Message) error { return nil }
func (sink) Serve(context.Context, queue.Handler) error   { return nil }
func (sink) Begin(context.Context, timeline.Run) error    { return nil }

func benchKit(b *testing.B, endpoints int) (*kit, []*Endpoint) {
	k := idleKit(b)
	k.Service.Queue, k.Service.Jobs, k.Service.Timeline = sink{}, sink{}, sink{}
	var all []*Endpoint
	for range endpoints {
		all = append(all, k.register())
	}
	return k, all
}

func (k *kit) batch(n int) (list []outbox.Stored) {
	data := json.RawMessage(`{"text":"` + strings.Repeat("x", 400) + `"}`)
	for range n {
		e, _, err := k.Events.Publish(k.ctx(), sam, outbox.Custom{Type: "custom.key_returned", Data: data}, k.now())
		k.must(err)
		list = append(list, e)
	}
	return list
}

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkPublish(b *testing.B) {
	for name, endpoints := range map[string]int{"1 endpoint": 1, "10 endpoints": 10} {
		b.Run(name, func(b *testing.B) {
			k, _ := benchKit(b, endpoints)
			batches := make([][]outbox.Stored, b.N)
			for i := range batches {
				batches[i] = k.batch(100)
			}
			b.ReportAllocs()
			b.ResetTimer()
			began := cpu()
			for _, batch := range batches {
				k.must(k.Publish(k.ctx(), batch, k.now()))
			}
			each := float64(b.N * 100 * endpoints)
			b.ReportMetric(float64((cpu()-began).Microseconds())/each, "cpu-µs/delivery")
		})
	}
}

func BenchmarkDeliver(b *testing.B) {
	for name, status := range map[string]int{"succeeds": 200, "fails": 503} {
		b.Run(name, func(b *testing.B) {
			k, all := benchKit(b, 1)
			k.receiver.will(status)
			var orders [][]byte
			for len(orders) < b.N {
				batch := k.batch(min(100, b.N-len(orders)))
				k.must(k.Publish(k.ctx(), batch, k.now()))
				for _, e := range batch {
					o, err := json.Marshal(order{Workspace: sam.Workspace, Delivery: deliveryID(e.Ref, all[0].ID), Round: 1, PK: e.PK, SK: e.SK})
					k.must(err)
					orders = append(orders, o)
				}
			}
			b.ReportAllocs()
			b.ResetTimer()
			began := cpu()
			work := make(chan []byte)
			var group sync.WaitGroup
			for range 64 {
				group.Go(func() {
					for o := range work {
						if err := k.Deliver(k.ctx(), o, k.now()); err != nil {
							b.Error(err)
						}
					}
				})
			}
			for _, o := range orders {
				work <- o
			}
			close(work)
			group.Wait()
			b.ReportMetric(float64((cpu()-began).Microseconds())/float64(b.N), "cpu-µs/delivery")
		})
	}
}
