// Package embed keeps e-mail in the file of one machine instead of sending it:
// an outbox that the console shows, for demonstrations and for operators who
// have no mail server yet. It holds the latest messages; older ones make room.
package embed

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"time"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/disk"
	"motorpool/shared/mail"
	"motorpool/shared/mail/wire"
)

// Kept is how many messages an outbox usually holds.
const Kept = 500

var bucket = []byte("mail")

// Outbox is a mail.Mailer that keeps. It is safe for concurrent use.
type Outbox struct {
	disk *disk.Disk
	kept uint64
	now  func() time.Time
}

var (
	_ mail.Mailer = (*Outbox)(nil)
	_ mail.Outbox = (*Outbox)(nil)
)

// Open returns the outbox in d, which holds the latest messages up to a number.
func Open(d *disk.Disk, kept int, now func() time.Time) (*Outbox, error) {
	return &Outbox{d, uint64(kept), now}, d.Make(bucket)
}

// Send is as mail.Mailer says: it keeps m, and returns when it is on the disk.
func (o *Outbox) Send(ctx context.Context, m mail.Message) error {
	if _, err := wire.Compose(m, o.now()); err != nil {
		return err
	}
	doc, err := json.Marshal(mail.Kept{Sent: o.now().UTC(), Message: m})
	if err != nil {
		return err
	}
	return o.disk.Update(ctx, func(tx *bolt.Tx) error {
		b := tx.Bucket(bucket)
		n, err := b.NextSequence()
		if err != nil {
			return err
		}
		if err := b.Put(number(n), doc); err != nil {
			return err
		}
		if n > o.kept {
			return b.Delete(number(n - o.kept))
		}
		return nil
	})
}

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// Latest returns the messages, the latest first, at most n of them.
func (o *Outbox) Latest(n int) (all []mail.Kept, err error) {
	err = o.disk.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(bucket).Cursor()
		for k, v := c.Last(); k != nil && len(all) < n; k, v = c.Prev() {
			var l mail.Kept
			if err := json.Unmarshal(v, &l); err != nil {
				return err
			}
			all = append(all, l)
		}
		return nil
	})
	return all, err
}
