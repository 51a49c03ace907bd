package kms

import (
	"container/list"
	"time"
)

// A cache keeps data keys for a while and a number of uses, and forgets the one
// that was not used for longest when there are too many.
type cache struct {
	byName map[string]*list.Element
	order  *list.List // of *entry, most recently used first
}

type entry struct {
	name  string
	key   *dataKey
	since time.Time
	uses  int
}

func newCache() *cache {
	return &cache{map[string]*list.Element{}, list.New()}
}

// get returns nil if the key is not there, too old or used up.
func (c *cache) get(name string, now time.Time) *dataKey {
	at, is := c.byName[name]
	if !is {
		return nil
	}
	e := at.Value.(*entry)
	if e.uses >= maxUses || now.Sub(e.since) >= maxAge || now.Before(e.since) {
		c.drop(at)
		return nil
	}
	e.uses++
	c.order.MoveToFront(at)
	return e.key
}

func (c *cache) put(name string, k *dataKey, now time.Time) {
	if at, is := c.byName[name]; is {
		c.drop(at)
	}
	c.byName[name] = c.order.PushFront(&entry{name: name, key: k, since: now, uses: 1})
	if c.order.Len() > maxKnown {
		c.drop(c.order.Back())
	}
}

func (c *cache) drop(at *list.Element) {
	delete(c.byName, at.Value.(*entry).name)
	c.order.Remove(at)
}
