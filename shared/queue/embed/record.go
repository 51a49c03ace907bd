package embed

import (
	"encoding/binary"
	"encoding/json"
	"time"

	"motorpool/shared/queue"
)

// Where messages rest, in two buckets, queue.<name> and queue.<name>.dead:
//
//	number (8) -> due (8, nanoseconds) receives (2) length (1) group body
//
// Numbers ascend: the 24 bits in front count the times the queue was opened.
type record []byte

const groupAt = 11

func newRecord(m queue.Message, at time.Time) record {
	r := make(record, groupAt, groupAt+len(m.Group)+len(m.Body))
	if m.Delay > 0 {
		binary.BigEndian.PutUint64(r, uint64(at.Add(m.Delay).UnixNano()))
	}
	r[10] = byte(len(m.Group))
	return append(append(r, m.Group...), m.Body...)
}

// due is the instant before which the message is not handed out; zero is none.
func (r record) due() time.Time {
	if n := binary.BigEndian.Uint64(r); n > 0 {
		return time.Unix(0, int64(n))
	}
	return time.Time{}
}

func (r record) receives() int32         { return int32(binary.BigEndian.Uint16(r[8:])) }
func (r record) group() string           { return string(r[groupAt : groupAt+int(r[10])]) }
func (r record) body() json.RawMessage   { return json.RawMessage(r[groupAt+int(r[10]):]) }
func (r record) received(n int32) record { return r.with(binary.BigEndian.Uint64(r), n) }
func (r record) afresh() record          { return r.with(0, 0) }
func key(n uint64) []byte                { return binary.BigEndian.AppendUint64(nil, n) }
func number(k []byte) uint64             { return binary.BigEndian.Uint64(k) }

// with returns a copy, because what bbolt lends must not be changed.
func (r record) with(due uint64, receives int32) record {
	c := append(record(nil), r...)
	binary.BigEndian.PutUint64(c, due)
	binary.BigEndian.PutUint16(c[8:], uint16(min(receives, 1<<16-1)))
	return c
}
