package embed

import (
	"bytes"
	"context"
	"encoding/json"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/disk"
)

// Discard forgets the runs that have not ended and whose inputs are mine. The
// timeline must not be open at that time.
func Discard(ctx context.Context, d *disk.Disk, mine func(json.RawMessage) bool) error {
	return d.Update(ctx, func(tx *bolt.Tx) error {
		b := tx.Bucket(runs)
		if b == nil {
			return nil
		}
		var gone [][]byte
		if err := b.ForEach(func(id, v []byte) error {
			if r := record(v); r.state() != over && mine(r.input()) {
				gone = append(gone, bytes.Clone(id))
			}
			return nil
		}); err != nil {
			return err
		}
		for _, id := range gone {
			if err := b.Delete(id); err != nil {
				return err
			}
		}
		return nil
	})
}
