package disk

import (
	"syscall"

	bolt "go.etcd.io/bbolt"
)

// Relax takes the file's pages out of the process's resident memory. They stay
// in the system's cache and come back when they are read again, for about a
// microsecond each: a machine that runs for months weighs what it works on, and
// not all that it has ever read.
func (d *Disk) Relax() {
	_ = d.View(func(tx *bolt.Tx) error { // while it lasts, the mapping does not move
		at := d.db.Info().Data
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, at, uintptr(tx.Size()), syscall.MADV_DONTNEED) // advice; that it is not taken does no harm
		return nil
	})
}
