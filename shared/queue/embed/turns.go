package embed

import (
	"container/heap"
	"encoding/json"
	"time"
)

// entry is a message in memory.
type entry struct {
	number   uint64
	body     json.RawMessage // nil: read it from the file
	receives int32           // hand-outs so far
	left     bool            // by an earlier process
}

// group is the messages that take turns with other groups' as one.
type group struct {
	name   string
	ready  fifo[entry]
	flying int
	turn   bool // it stands among the turns
}

// job is a message in flight.
type job struct {
	entry
	group  *group
	server *server
	at     time.Time // when it was handed out
}

// enqueue makes e ready, or lets it wait until due. q.mu is held.
func (q *Queue) enqueue(name string, e entry, due, at time.Time) {
	if due.After(at) {
		heap.Push(&q.later, delayed{due.UnixNano(), name, e})
		q.depth.Delayed++
		return
	}
	g := q.groups[name]
	if g == nil {
		g = &group{name: name}
		q.groups[name] = g
	}
	g.ready.push(e)
	q.depth.Ready++
	q.line(g)
}

// line puts g among the turns if it has something to start. q.mu is held.
func (q *Queue) line(g *group) {
	switch {
	case g.ready.len() > 0 && !g.turn:
		g.turn = true
		q.turns.push(g)
	case g.ready.len() == 0 && g.flying == 0 && !g.turn:
		delete(q.groups, g.name)
	}
}

// next takes the message whose turn it is. A group at its limit loses its turn
// and lines up again when one of its messages ends. q.mu is held.
func (q *Queue) next(at time.Time) (job, bool) {
	free := q.o.Concurrency - q.depth.InFlight
	for free > 0 && len(q.servers) > 0 && q.turns.len() > 0 {
		g := q.turns.pop()
		g.turn = false
		if g.flying >= q.share(free) {
			continue
		}
		j := job{entry: g.ready.pop(), group: g, server: q.server(), at: at}
		q.held -= len(j.body)
		g.flying++
		q.depth.Ready--
		q.depth.InFlight++
		q.line(g)
		return j, true
	}
	return job{}, false
}

// share is how many messages a group may have in flight: PerGroup while there is
// room, and fewer with the square of what is left, so that a hundred groups that hang
// still leave room for others. It is never less than one.
func (q *Queue) share(free int) int {
	all := q.o.Concurrency * q.o.Concurrency
	return (q.o.PerGroup*free*free + all - 1) / all
}

// ripen makes ready what is due. q.mu is held.
func (q *Queue) ripen(at time.Time) {
	for len(q.later) > 0 && q.later[0].due <= at.UnixNano() {
		d := heap.Pop(&q.later).(delayed)
		q.depth.Delayed--
		q.enqueue(d.group, d.entry, time.Time{}, at)
	}
}

// fifo is a first-in-first-out list that gives its memory back.
type fifo[T any] struct {
	items []T
	head  int
}

func (f *fifo[T]) len() int { return len(f.items) - f.head }

func (f *fifo[T]) push(v T) { f.items = append(f.items, v) }

func (f *fifo[T]) pop() T {
	var none T
	v := f.items[f.head]
	f.items[f.head] = none
	f.head++
	if f.head > 64 && f.head*2 > len(f.items) {
		f.items, f.head = append([]T(nil), f.items[f.head:]...), 0
	} else if f.head == len(f.items) {
		f.items, f.head = f.items[:0], 0
	}
	return v
}

// delayed is a message that waits.
type delayed struct {
	due   int64 // nanoseconds since 1970
	group string
	entry entry
}

// delays is a heap, the earliest first.
type delays []delayed

func (d delays) Len() int { return len(d) }

func (d delays) Less(i, j int) bool {
	return d[i].due < d[j].due || d[i].due == d[j].due && d[i].entry.number < d[j].entry.number
}

func (d delays) Swap(i, j int) { d[i], d[j] = d[j], d[i] }

// Push is heap.Interface's.
func (d *delays) Push(v any) { *d = append(*d, v.(delayed)) }

// Pop is heap.Interface's.
func (d *delays) Pop() any {
	last := len(*d) - 1
	v := (*d)[last]
	(*d)[last] = delayed{}
	*d = (*d)[:last]
	return v
}
