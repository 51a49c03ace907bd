package embed

import (
	"bytes"
	"context"
	"encoding/json"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/disk"
)

// Waiting returns the bodies of the messages of the queue called name that are
// not done, dead letters excepted, oldest first. The queue must not be served at
// that time.
func Waiting(ctx context.Context, d *disk.Disk, name string) (bodies []json.RawMessage, err error) {
	return bodies, d.View(func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte("queue." + name))
		if b == nil {
			return nil
		}
		return b.ForEach(func(_, v []byte) error {
			bodies = append(bodies, bytes.Clone(record(v).body()))
			return ctx.Err()
		})
	})
}

// Discard forgets the messages of the queue called name, dead letters included,
// whose bodies are mine. The queue must not be open at that time.
func Discard(ctx context.Context, d *disk.Disk, name string, mine func(json.RawMessage) bool) error {
	return d.Update(ctx, func(tx *bolt.Tx) error {
		for _, bucket := range []string{"queue." + name, "queue." + name + ".dead"} {
			b := tx.Bucket([]byte(bucket))
			if b == nil {
				continue
			}
			var gone [][]byte
			if err := b.ForEach(func(k, v []byte) error {
				if mine(record(v).body()) {
					gone = append(gone, bytes.Clone(k))
				}
				return nil
			}); err != nil {
				return err
			}
			for _, k := range gone {
				if err := b.Delete(k); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
