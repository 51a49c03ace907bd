package table_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"motorpool/shared/table"
)

// counted is a table that counts what is got from it.
type counted struct {
	table.Table
	gets   atomic.Int64
	lately atomic.Int64
}

func (c *counted) Get(ctx context.Context, k table.Key) (table.Item, error) {
	n := c.gets.Add(1)
	if table.IsLately(ctx) {
		c.lately.Add(1)
	}
	if k.PK == "absent" {
		return table.Item{}, table.NotFound(k)
	}
	return table.Item{Key: k, Version: n}, nil
}

func TestThoseWhoWorkTogetherReadOnce(t *testing.T) {
	t.Parallel()
	tb := &counted{}
	ctx := table.Together(t.Context())
	var all sync.WaitGroup
	for n := range 30 {
		all.Go(func() {
			k := table.Key{PK: []string{"a", "b", "absent"}[n%3], SK: "s"}
			if it, err := table.Glance(ctx, tb, k); (err != nil) != (k.PK == "absent") || it.Key.PK != "" && it.Key != k {
				t.Errorf("%v: got %v, %v", k, it.Key, err)
			}
		})
	}
	all.Wait()
	if n := tb.gets.Load(); n != 3 {
		t.Errorf("%d reads of 3 keys, want 3", n)
	}
	if _, err := table.Glance(table.Together(t.Context()), tb, table.Key{PK: "a"}); err != nil || tb.gets.Load() != 4 {
		t.Error("another batch was told what an earlier one had read")
	}
}

func TestAloneAGlanceIsAGet(t *testing.T) {
	t.Parallel()
	tb := &counted{}
	for range 2 {
		_, _ = table.Glance(t.Context(), tb, table.Key{PK: "a"})
	}
	_, _ = table.Riding{Table: tb}.Get(table.Lately(t.Context()), table.Key{PK: "a"})
	if tb.gets.Load() != 3 || tb.lately.Load() != 1 {
		t.Errorf("%d reads, %d of them lately; want 3 and 1", tb.gets.Load(), tb.lately.Load())
	}
}
