//go:build !linux

package main

// pinning cannot be done here: processes run where the system likes.
func pinning(start func() error) error { return start() }

const pinned = "on all processors"
