package embed_test

import (
	"path/filepath"
	"testing"
	"time"

	"motorpool/shared/disk"
	"motorpool/shared/queue"
	"motorpool/shared/queue/embed"
	"motorpool/shared/queue/queuetest"
)

func TestTheEmbeddedQueueIsAQueue(t *testing.T) {
	t.Parallel()
	queuetest.Run(t, queuetest.Harness{
		Tick: 60 * time.Millisecond,
		Open: func(t *testing.T, o queuetest.Options) queuetest.Opened {
			q := open(t, embed.Options{Now: time.Now, Visibility: o.Visibility, MaxReceives: o.MaxReceives})
			return queuetest.Opened{Queue: q, Dead: func(t *testing.T) []queue.Message {
				dead, err := q.Dead(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				return dead
			}}
		},
	})
}

func open(t testing.TB, o embed.Options) *embed.Queue {
	t.Helper()
	q, err := embed.Open(openDisk(t, filepath.Join(t.TempDir(), "data")), "work", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := q.Close(); err != nil {
			t.Error(err)
		}
	})
	return q
}

func openDisk(t testing.TB, path string) *disk.Disk {
	t.Helper()
	d, err := disk.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}
