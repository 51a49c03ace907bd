package main

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// pinning does what starts a process, so that the process runs on the last
// processor and nowhere else: it inherits that from the thread that starts it.
func pinning(start func() error) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var before, one unix.CPUSet
	if err := unix.SchedGetaffinity(0, &before); err != nil {
		return err
	}
	one.Set(runtime.NumCPU() - 1)
	if err := unix.SchedSetaffinity(0, &one); err != nil {
		return err
	}
	err := start()
	if back := unix.SchedSetaffinity(0, &before); back != nil {
		return back
	}
	return err
}

const pinned = "on one processor"
