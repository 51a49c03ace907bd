package table

import (
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"strings"

	"motorpool/shared/fault"
)

// A Place is where a page ended, and so where the next one goes on: behind it.
type Place struct {
	SK  string // the sort key that the query orders by
	Key Key    // of the item; only for queries of the index
}

// Next makes the cursor for the page of q that goes on behind at. Adapters put
// it in Page.Next.
//
// It holds a fingerprint of q and the place, but not the partition: that always
// comes from the query, so that a cursor, however forged, leads nowhere else.
func (q *Query) Next(at Place) string {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, 64), q.fingerprint())
	b = append(b, at.SK...)
	if q.Index {
		b = append(append(append(append(b, 0), at.Key.PK...), 0), at.Key.SK...)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// Resume checks q and takes q.After apart. more is false if q asks for the
// first page.
func (q *Query) Resume() (at Place, more bool, err error) {
	if err := q.validate(); err != nil || q.After == "" {
		return at, false, err
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(q.After)
	if err != nil || len(b) < 8 || binary.BigEndian.Uint64(b) != q.fingerprint() {
		return at, false, badCursor()
	}
	parts := strings.Split(string(b[8:]), "\x00")
	switch {
	case q.Index && len(parts) == 3:
		at.Key = Key{parts[1], parts[2]}
	case q.Index || len(parts) != 1:
		return at, false, badCursor()
	}
	at.SK = parts[0]
	if !(Key{q.PK, at.SK}).Valid() || q.Index && !at.Key.Valid() || !q.selects(at.SK) {
		return at, false, badCursor()
	}
	return at, true, nil
}

// Size is how many items a page of q has at the most.
func (q *Query) Size() int {
	if q.Limit <= 0 {
		return DefaultPage
	}
	return min(q.Limit, MaxPage)
}

// Empty reports whether nothing can be stored where q looks.
func (q *Query) Empty() bool {
	return !(Key{q.PK, "x"}).Valid() || q.To != "" && q.From > q.To
}

func (q *Query) selects(sk string) bool {
	return strings.HasPrefix(sk, q.Prefix) && sk >= q.From && (q.To == "" || sk <= q.To)
}

func (q *Query) validate() error {
	if q.Prefix != "" && (q.From != "" || q.To != "") {
		return fault.New(fault.Invalid, "table.query", "A query has a prefix or a range, not both.")
	}
	for _, s := range []string{q.Prefix, q.From, q.To} {
		if len(s) > MaxSKBytes || !plain(s) {
			return fault.New(fault.Invalid, "table.query", "A query is made of valid UTF-8 without NUL, at most %d bytes.", MaxSKBytes)
		}
	}
	return nil
}

func (q *Query) fingerprint() uint64 {
	h := fnv.New64a()
	for _, s := range []string{q.PK, q.Prefix, q.From, q.To} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	flags := byte(0)
	if q.Index {
		flags |= 1
	}
	if q.Reverse {
		flags |= 2
	}
	h.Write([]byte{flags})
	return h.Sum64()
}

func badCursor() error {
	return fault.New(fault.Invalid, "cursor.invalid", "That cursor is not one of ours for this list. Start again without a cursor.").At("cursor")
}
