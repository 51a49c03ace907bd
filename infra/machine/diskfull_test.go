//go:build linux

package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"motorpool/infra/machine/machinetest"
)

// A file-size limit (RLIMIT_FSIZE) on the running machine is a disk that is
// full, or mounted read-only when the limit is zero, and lifting it is somebody
// making room: the kernel fails the same writes, and nobody needs to be root.
func TestAFullOrReadOnlyDiskIsAClearErrorAndLosesNothing(t *testing.T) {
	bin, err := machinetest.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		limit uint64
	}{
		{"read-only", 0},
		{"full", 64 << 10},
	} {
		t.Run(tt.name, func(t *testing.T) { testFull(t, bin, tt.limit) })
	}
}

func testFull(t *testing.T, bin string, limit uint64) {
	rcv, err := machinetest.NewReceiver()
	if err != nil {
		t.Fatal(err)
	}
	defer rcv.Close()
	m, err := machinetest.Start(bin, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer m.Kill()
	if _, err := m.Endpoint(t.Context(), rcv.URL, "custom.*"); err != nil {
		t.Fatal(err)
	}
	acked := 0
	post := func() error {
		_, err := m.Event(t.Context(), "custom.x", map[string]any{"text": strings.Repeat("x", 2000)})
		if err == nil {
			acked++
		}
		return err
	}
	if err := post(); err != nil {
		t.Fatal(err)
	}
	restrict(t, m, limit)
	refused := 0
	for range 200 {
		if err := post(); err != nil {
			refused++
			if !strings.Contains(err.Error(), " 503 ") || !strings.Contains(err.Error(), `"disk.write"`) {
				t.Fatalf("a write on a full disk: %v, want 503 with code disk.write", err)
			}
		}
	}
	if refused == 0 {
		t.Fatal("no write was refused: the disk was not full")
	}
	if err := m.Call(t.Context(), "GET", "/v1/webhook-endpoints", nil, nil); err != nil {
		t.Errorf("reading on a full disk: %v", err)
	}
	restrict(t, m, unix.RLIM_INFINITY)
	if err := post(); err != nil {
		t.Fatalf("after there is room again: %v", err)
	}
	if !rcv.Wait(acked, 30*time.Second) {
		got, _ := rcv.Count()
		t.Errorf("%d events arrived of %d acknowledged", got, acked)
	}
}

func restrict(t *testing.T, m *machinetest.Machine, bytes uint64) {
	t.Helper()
	limit := unix.Rlimit{Cur: bytes, Max: unix.RLIM_INFINITY}
	if err := unix.Prlimit(m.PID(), unix.RLIMIT_FSIZE, &limit, nil); err != nil {
		t.Fatal(fmt.Errorf("setting the file-size limit: %w", err))
	}
}
