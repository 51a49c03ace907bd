package egress

import (
	"os"
	"runtime"
	"sync"
	"testing"
	"time"
)

// A footprint is what this process holds.
type footprint struct {
	goroutines, descriptors int
	heap                    uint64
}

func measure() (f footprint) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	open, _ := os.ReadDir("/proc/self/fd") // where there is none, goroutines have to tell
	return footprint{runtime.NumGoroutine(), len(open), m.HeapInuse + m.StackInuse}
}

// TestAThousandHostileDeliveriesLeaveNoTrace sends to every hostile receiver in
// turn, many at once, and compares what the process holds before and after.
func TestAThousandHostileDeliveriesLeaveNoTrace(t *testing.T) {
	c := client(t, nil)
	urls := make([]string, len(hostile))
	for i, tt := range hostile {
		urls[i] = listen(t, tt.serve).url("http", host)
	}
	for range 3 {
		post(t, c, urls[0]) // makes what is made once
	}
	c.Close()
	before := measure()

	var wg sync.WaitGroup
	slots := make(chan struct{}, 64)
	var peak uint64
	for i := range 1000 {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			post(t, c, urls[i%len(urls)])
		})
		if i%250 == 249 {
			peak = max(peak, measure().heap)
		}
	}
	wg.Wait()
	c.Close()

	after := measure()
	poll := time.NewTicker(10 * time.Millisecond) // receivers notice that we left when they get to it
	defer poll.Stop()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); after = measure() {
		if after.goroutines <= before.goroutines && after.descriptors <= before.descriptors {
			break
		}
		<-poll.C
	}
	if after.goroutines > before.goroutines || after.descriptors > before.descriptors {
		stacks := make([]byte, 64<<10)
		t.Errorf("before %+v, after %+v\n%s", before, after, stacks[:runtime.Stack(stacks, true)])
	}
	if after.heap > before.heap+20<<20 || peak > before.heap+20<<20 {
		t.Errorf("memory: %d KiB before, %d KiB at the peak, %d KiB after", before.heap>>10, peak>>10, after.heap>>10)
	}
	t.Logf("before %+v, peak of heap %d KiB, after %+v", before, peak>>10, after)
}

// TestNoReceiverCostsMuchMemory counts every byte that is allocated while one
// delivery goes on, the receiver's own included.
func TestNoReceiverCostsMuchMemory(t *testing.T) {
	c := client(t, nil)
	for _, tt := range hostile {
		url := listen(t, tt.serve).url("http", host)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		post(t, c, url)
		runtime.ReadMemStats(&after)
		if grown := after.TotalAlloc - before.TotalAlloc; grown > 2<<20 {
			t.Errorf("%s: %d KiB", tt.name, grown>>10)
		}
	}
}
