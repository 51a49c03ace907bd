package disk

import (
	"encoding/binary"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// BenchmarkUpdate stores 600 bytes under a random key.
func BenchmarkUpdate(b *testing.B) {
	for _, writers := range []int{1, 8, 64, 256} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			d, err := Open(filepath.Join(b.TempDir(), "data"))
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { d.Close() })
			if err := d.Make(bucket); err != nil {
				b.Fatal(err)
			}
			work(b, d, writers)
		})
	}
}

func work(b *testing.B, d *Disk, writers int) {
	var n atomic.Uint64
	value := make([]byte, 600)
	done := make(chan error, writers)
	b.ResetTimer()
	for range writers {
		go func() {
			for i := n.Add(1); i <= uint64(b.N); i = n.Add(1) {
				k := binary.BigEndian.AppendUint64(nil, i*0x9e3779b97f4a7c15)
				if err := d.Update(b.Context(), func(tx *bolt.Tx) error { return tx.Bucket(bucket).Put(k, value) }); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range writers {
		if err := <-done; err != nil {
			b.Error(err)
		}
	}
}
