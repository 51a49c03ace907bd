package embed

import (
	"bytes"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/table"
)

// A scan walks over what a query selects, in its order.
type scan struct {
	q      table.Query
	cursor *bolt.Cursor
	pk     []byte // PK 0: what all keys of the partition begin with
	start  []byte // where to begin
	after  bool   // start is the last key of the page before
}

// found is one key of the items or of the index, taken apart.
type found struct {
	sk    []byte // the sort key that the query orders by
	at    []byte // path of the item
	value []byte // the record; nil in the index
	index bool
}

func (f *found) place() table.Place {
	p := table.Place{SK: string(f.sk)}
	if f.index {
		p.Key = unpath(f.at)
	}
	return p
}

// newScan starts behind from if after, else at the query's first key.
func newScan(tx *bolt.Tx, q table.Query, from table.Place, after bool) *scan {
	b := tx.Bucket(items)
	if q.Index {
		b = tx.Bucket(index)
	}
	s := &scan{q: q, cursor: b.Cursor(), pk: append([]byte(q.PK), 0), after: after}
	s.start = bytes.Clone(s.pk)
	switch {
	case after && q.Index:
		s.start = indexPath(table.Key{PK: q.PK, SK: from.SK}, path(from.Key))
	case after:
		s.start = append(s.start, from.SK...)
	case !q.Reverse:
		s.start = append(s.start, max(q.Prefix, q.From)...)
	case q.To != "":
		s.start = append(append(s.start, q.To...), 0, 0xff) // behind all index entries for To
	default:
		s.start = append(append(s.start, q.Prefix...), 0xff) // behind all UTF-8
	}
	return s
}

func (s *scan) first() (found, bool) {
	k, v := s.cursor.Seek(s.start)
	switch {
	case s.q.Reverse && k == nil:
		k, v = s.cursor.Last()
	case s.q.Reverse:
		k, v = s.cursor.Prev()
	case s.after && bytes.Equal(k, s.start):
		k, v = s.cursor.Next()
	}
	return s.split(k, v)
}

func (s *scan) next() (found, bool) {
	if s.q.Reverse {
		return s.split(s.cursor.Prev())
	}
	return s.split(s.cursor.Next())
}

// split takes a key apart; false means that the query's run has ended.
func (s *scan) split(k, v []byte) (f found, ok bool) {
	if !bytes.HasPrefix(k, s.pk) {
		return f, false
	}
	f = found{sk: k[len(s.pk):], at: k, value: v, index: s.q.Index}
	if s.q.Index {
		i := bytes.IndexByte(f.sk, 0)
		f.sk, f.at = f.sk[:i], f.sk[i+1:]
	}
	return f, bytes.HasPrefix(f.sk, []byte(s.q.Prefix)) && string(f.sk) >= s.q.From && (s.q.To == "" || string(f.sk) <= s.q.To)
}
