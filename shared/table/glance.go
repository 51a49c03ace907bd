package table

import (
	"context"
	"sync"
)

type (
	latelyKey   struct{}
	togetherKey struct{}
)

// Lately returns a context in which Get may answer with an item as it was a
// moment ago, or not find one that was stored a moment ago: an eventually
// consistent read, which DynamoDB sells at half the price. It is for readers to
// whom an old answer does no harm because a version will show it, or who look
// again when there is none. An adapter may take no notice.
func Lately(ctx context.Context) context.Context {
	return context.WithValue(ctx, latelyKey{}, true)
}

// IsLately reports whether ctx was made by Lately: what adapters ask.
func IsLately(ctx context.Context) bool {
	is, _ := ctx.Value(latelyKey{}).(bool)
	return is
}

// glances are the reads under one context, by key. Each is made once.
type glances struct {
	mu   sync.Mutex
	read map[Key]func() (Item, error)
}

// Together returns a context for work that is handed out together and begins at
// one time, such as a batch of messages: in it, Glance reads each key once.
func Together(ctx context.Context) context.Context {
	return context.WithValue(ctx, togetherKey{}, &glances{read: map[Key]func() (Item, error){}})
}

// Glance is Get, except that all who glance at k under one context made by
// Together share the first one's read, its error included. What they see is as
// old as their common beginning.
func Glance(ctx context.Context, t Table, k Key) (Item, error) {
	g, is := ctx.Value(togetherKey{}).(*glances)
	if !is {
		return t.Get(ctx, k)
	}
	g.mu.Lock()
	read := g.read[k]
	if read == nil {
		read = sync.OnceValues(func() (Item, error) { return t.Get(ctx, k) })
		g.read[k] = read
	}
	g.mu.Unlock()
	return read()
}
