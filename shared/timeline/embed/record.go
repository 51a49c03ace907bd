package embed

import (
	"container/heap"
	"encoding/binary"
	"encoding/json"
)

// record is a run at rest: state (1) errors in a row (1) due (8) input. Of a run
// that is over, due is when it ended, and there is no input.
type record []byte

type state byte

const (
	pending   state = iota // its task is to be called
	abandoned              // its abandon function is to be called
	over                   // nothing is
)

const inputAt = 10

func newRecord(s state, errs int, due int64, input json.RawMessage) record {
	r := make(record, inputAt, inputAt+len(input))
	r[0], r[1] = byte(s), byte(min(errs, 255))
	binary.BigEndian.PutUint64(r[2:], uint64(due))
	return append(r, input...)
}

func (r record) state() state           { return state(r[0]) }
func (r record) errs() int              { return int(r[1]) }
func (r record) due() int64             { return int64(binary.BigEndian.Uint64(r[2:])) }
func (r record) input() json.RawMessage { return json.RawMessage(r[inputAt:]) }

func endedKey(at int64, id []byte) []byte {
	return append(binary.BigEndian.AppendUint64(nil, uint64(at)), id...)
}

// waiting is a run in memory.
type waiting struct {
	due int64 // nanoseconds since 1970
	id  string
}

// waits is a heap, the earliest first.
type waits []waiting

func (w waits) Len() int           { return len(w) }
func (w waits) Less(i, j int) bool { return w[i].due < w[j].due }
func (w waits) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }

// Push is heap.Interface's.
func (w *waits) Push(v any) { *w = append(*w, v.(waiting)) }

// Pop is heap.Interface's.
func (w *waits) Pop() any {
	last := len(*w) - 1
	v := (*w)[last]
	(*w)[last] = waiting{}
	*w = (*w)[:last]
	return v
}

// wait puts a run among those that wait. t.mu is held.
func (t *Timeline) wait(id string, due int64) { heap.Push(&t.waiting, waiting{due, id}) }
