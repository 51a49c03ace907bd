// Package table is the product's only door to storage: one ordered table with
// one overloaded index, on DynamoDB or in a file on a single machine.
//
// The door is narrow on purpose: three methods and one kind of condition serve
// every repository there is, and are few enough for tabletest to pin all of
// their behaviour in both adapters. What a key means, and what a document says,
// is left to the package that writes it.
package table

import (
	"context"
	"encoding/json"
	"time"
)

// Limits are DynamoDB's; every adapter enforces them, so that code that works
// on one machine also works on AWS.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
const (
	MaxOps        = 100       // ops in one Write
	MaxItemBytes  = 390_000   // bytes of one document; DynamoDB counts 400 kB with keys and attribute names
	MaxWriteBytes = 4_000_000 // bytes of all documents and keys in one Write
	MaxPKBytes    = 1024      // half of DynamoDB's 2048, so that a partition key is never the surprise
	MaxSKBytes    = 900       // of DynamoDB's 1024
	MaxPage       = 1000      // items in one page, and items looked at for it
	DefaultPage   = 50        // items in one page when Query.Limit is zero
	MaxPageBytes  = 1_000_000 // bytes after which a page ends
)

// A Key addresses one item. Items with equal PK form a partition, which is
// ordered by SK, byte by byte.
type Key struct{ PK, SK string }

// An Item is one stored document.
type Item struct {
	Key     Key
	Index   Key             // place in the index; zero means not indexed
	Version int64           // as last read; zero if never stored
	Expires time.Time       // zero means never; an expired item reads as absent. Whole seconds, rounded up
	Doc     json.RawMessage // the document, UTF-8, kept byte for byte; owned by the package that wrote it
}

// Table stores items. It is safe for concurrent use.
type Table interface {
	// Get returns the item at k as of the latest write.
	// It returns fault.NotFound if there is none, or if there can be none at k.
	Get(ctx context.Context, k Key) (Item, error)

	// Query returns one page of one partition, in order. Reads of the table are
	// as of the latest write; reads through the index may lag behind writes, and
	// order items with equal Index.SK as they like.
	Query(ctx context.Context, q Query) (Page, error)

	// Write does all of ops or none of them. If an item is not at the version
	// its op gives, Write returns a *Conflict naming the first such op. No two
	// ops may name one key. When Write returns nil the change is on disk (or
	// acknowledged by DynamoDB) and survives power loss. When it returns
	// fault.Unavailable or the error of ctx, the change may be there or not;
	// writing it again tells, because its version is used up.
	Write(ctx context.Context, ops ...Op) error
}

// Query selects a run of one partition. Prefix and the From–To range are
// alternatives: give one of them or neither.
type Query struct {
	PK      string
	Prefix  string // only sort keys that begin so
	From    string // only sort keys ≥ From; empty: from the first
	To      string // only sort keys ≤ To; empty: to the last
	Index   bool   // read the index instead of the table; PK, Prefix, From and To then speak of Item.Index
	Reverse bool   // last first
	Limit   int    // zero means DefaultPage; more than MaxPage means MaxPage
	After   string // Page.Next of the page before; opaque, and refused by any other query (Limit may differ)
}

// Page is one page of a query. A page may be short or even empty; only an empty
// Next means that there is no more.
type Page struct {
	Items []Item
	Next  string
}

// An Op is one step of a Write. Make one with Put, Delete or Check. Every op is
// conditional: the version stored at its key must still be the one given, where
// zero means that nothing is stored. There are no blind writes.
type Op struct {
	Kind OpKind
	Item Item
}

// OpKind says what an Op does when its condition holds.
type OpKind int

// The three kinds of Op.
const (
	OpPut    OpKind = iota // store the item under the next version
	OpDelete               // remove it
	OpCheck                // nothing: only the condition matters
)

// Put stores it under version it.Version+1 if the stored version is it.Version.
func Put(it Item) Op { return Op{OpPut, it} }

// Delete removes the item at k if it is at version.
func Delete(k Key, version int64) Op { return Op{OpDelete, Item{Key: k, Version: version}} }

// Check fails the Write unless the item at k is at version; zero means absent.
func Check(k Key, version int64) Op { return Op{OpCheck, Item{Key: k, Version: version}} }
