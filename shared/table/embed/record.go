package embed

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"time"

	"motorpool/shared/table"
)

// A record is what is stored for an item, besides its key:
//
//	version     varint
//	expires     varint, second of the Unix epoch; 0 means never
//	index PK    varint length, bytes; both parts are empty if not indexed
//	index SK    varint length, bytes
//	document    all the rest
//
// A parsed record points into the file and is valid within one transaction.
type record struct {
	version int64 // zero: there is none
	expires int64
	rawPK   []byte
	rawSK   []byte
	between []byte // from the beginning of rawPK to the end of rawSK
	doc     []byte
	index   table.Key // set by keep
}

func encode(it *table.Item) []byte {
	b := make([]byte, 0, len(it.Doc)+len(it.Index.PK)+len(it.Index.SK)+24)
	b = binary.AppendUvarint(b, uint64(it.Version)+1)
	b = binary.AppendUvarint(b, uint64(seconds(it.Expires)))
	b = append(binary.AppendUvarint(b, uint64(len(it.Index.PK))), it.Index.PK...)
	b = append(binary.AppendUvarint(b, uint64(len(it.Index.SK))), it.Index.SK...)
	return append(b, it.Doc...)
}

// parse takes a stored record apart without copying; nil gives the zero record.
func parse(b []byte) (r record) {
	if b == nil {
		return r
	}
	var n uint64
	n, b = number(b)
	r.version = int64(n)
	n, b = number(b)
	r.expires = int64(n)
	n, b = number(b)
	from := b
	r.rawPK, b = b[:n], b[n:]
	n, b = number(b)
	r.rawSK, r.doc = b[:n], b[n:]
	r.between = from[:len(from)-len(r.doc)]
	return r
}

func number(b []byte) (uint64, []byte) {
	v, n := binary.Uvarint(b)
	return v, b[n:]
}

// keep copies what a write has to know of the record after the transaction's
// first change.
func (r *record) keep() {
	r.index = r.indexed()
	r.rawPK, r.rawSK, r.between, r.doc = nil, nil, nil, nil
}

// indexed copies the place in the index at once, for both parts.
func (r *record) indexed() table.Key {
	if len(r.rawPK) == 0 {
		return table.Key{}
	}
	s := string(r.between)
	return table.Key{PK: s[:len(r.rawPK)], SK: s[len(s)-len(r.rawSK):]}
}

func (r *record) live(now int64) bool {
	return r.version > 0 && (r.expires == 0 || r.expires > now)
}

// item copies the record out of the file.
func (r *record) item(k table.Key) table.Item {
	it := table.Item{Key: k, Index: r.indexed(), Version: r.version, Doc: json.RawMessage(bytes.Clone(r.doc))}
	if r.expires > 0 {
		it.Expires = time.Unix(r.expires, 0).UTC()
	}
	return it
}

// seconds rounds up, so that nothing expires early; never is 0, and all that is
// before 1970 has expired like its first second.
func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	s := t.Unix()
	if t.Nanosecond() > 0 {
		s++
	}
	return max(s, 1)
}

func path(k table.Key) []byte {
	b := make([]byte, 0, len(k.PK)+len(k.SK)+1)
	return append(append(append(b, k.PK...), 0), k.SK...)
}

// unpath is the other way, with one copy for both parts.
func unpath(at []byte) table.Key {
	i := bytes.IndexByte(at, 0)
	s := string(at)
	return table.Key{PK: s[:i], SK: s[i+1:]}
}

// indexPath is nil for an item that is not indexed.
func indexPath(in table.Key, at []byte) []byte {
	if in == (table.Key{}) {
		return nil
	}
	b := make([]byte, 0, len(in.PK)+len(in.SK)+len(at)+2)
	b = append(append(append(b, in.PK...), 0), in.SK...)
	return append(append(b, 0), at...)
}

// expiryPath is nil for an item that never expires.
func expiryPath(x int64, at []byte) []byte {
	if x == 0 {
		return nil
	}
	return append(binary.BigEndian.AppendUint64(make([]byte, 0, 8+len(at)), uint64(x)), at...)
}
