package embed_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"motorpool/shared/queue"
	"motorpool/shared/queue/embed"
)

var body = json.RawMessage(`{"workspace":"wsp_01k9x3v7q2m8r4t6w0y5z1a3b5","delivery":"dlv_01k9x3v7q2m8r4t6w0y5z1a3b5_01k9x3v7q2m8r4t6w0y5z1a3b5","round":1}`)

// BenchmarkThrough sends messages one at a time from many goroutines, and counts
// until each is handled.
func BenchmarkThrough(b *testing.B) {
	for _, senders := range []int{1, 16, 64, 256} {
		b.Run(fmt.Sprint(senders, "-senders"), func(b *testing.B) {
			q := open(b, embed.Options{Now: time.Now})
			ctx, cancel := context.WithCancel(b.Context())
			var handled, serving sync.WaitGroup
			handled.Add(b.N)
			serving.Go(func() {
				_ = q.Serve(ctx, func(context.Context, queue.Message) error { handled.Done(); return nil })
			})
			cpu := used()
			b.ReportAllocs()
			b.ResetTimer()
			var left atomic.Int64
			left.Store(int64(b.N))
			var sending sync.WaitGroup
			for s := range senders {
				sending.Go(func() {
					for left.Add(-1) >= 0 {
						if err := q.Send(ctx, queue.Message{Group: fmt.Sprint("whe_", s), Body: body}); err != nil {
							b.Error(err)
						}
					}
				})
			}
			sending.Wait()
			handled.Wait()
			b.StopTimer()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msgs/s")
			b.ReportMetric(float64((used()-cpu).Microseconds())/float64(b.N), "cpu-µs/msg")
			cancel()
			serving.Wait()
		})
	}
}

// used is the processor time of this process.
func used() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkMillion shows what a backlog of a million messages costs: its memory,
// and the time to open it.
func BenchmarkMillion(b *testing.B) {
	const n = 1_000_000
	d := openDisk(b, filepath.Join(b.TempDir(), "data"))
	q, err := embed.Open(d, "work", embed.Options{Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	before := heap()
	for i := range n / 1000 {
		msgs := make([]queue.Message, 1000)
		for j := range msgs {
			msgs[j] = queue.Message{Group: fmt.Sprint("whe_", i%50), Body: body}
			if j%2 == 0 {
				msgs[j].Delay = time.Hour / 4
			}
		}
		if err := q.Send(b.Context(), msgs...); err != nil {
			b.Fatal(err)
		}
	}
	sent := heap() - before
	runtime.KeepAlive(q)
	q = nil
	before = heap()
	b.ResetTimer()
	if q, err = embed.Open(d, "work", embed.Options{Now: time.Now}); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(b.Elapsed().Seconds(), "s-to-open")
	b.ReportMetric(float64(sent)/1e6, "MB-sent")
	b.ReportMetric(float64(heap()-before)/1e6, "MB-opened")
	runtime.KeepAlive(q)
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
