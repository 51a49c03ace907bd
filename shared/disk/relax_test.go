package disk_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/disk"
)

// TestRelaxingDisturbsNobody lets go of the file's pages again and again while
// others read and write them.
func TestRelaxingDisturbsNobody(t *testing.T) {
	d, err := disk.Open(filepath.Join(t.TempDir(), "db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	name := []byte("b")
	if err := d.Make(name); err != nil {
		t.Fatal(err)
	}
	var work sync.WaitGroup
	stop := make(chan struct{})
	relaxed := make(chan struct{})
	go func() {
		defer close(relaxed)
		for {
			select {
			case <-stop:
				return
			default:
				d.Relax()
			}
		}
	}()
	for w := range 8 {
		work.Go(func() {
			for n := range 100 {
				key := fmt.Appendf(nil, "%d-%d", w, n)
				if err := d.Update(t.Context(), func(tx *bolt.Tx) error { return tx.Bucket(name).Put(key, key) }); err != nil {
					t.Error(err)
				}
				err := d.View(func(tx *bolt.Tx) error {
					if got := tx.Bucket(name).Get(key); string(got) != string(key) {
						t.Errorf("got %q, want %q", got, key)
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	close(stop)
	<-relaxed
}
