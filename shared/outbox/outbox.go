// Package outbox records what happened, in the transaction in which it happens.
//
// An event is stored beside the thing it is about, as the very bytes that
// subscribers will receive: they are made once and never again, so that key
// order, white space and large numbers of custom events arrive as they were
// given. An event's identifier is its item's, so publishing the same item twice
// publishes the same event. Events are gone after the workspace's retention,
// counted by the present setting.
//
// Who receives an event is left to webhook, which follows the items that
// IsEvent selects.
package outbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"motorpool/events"
	"motorpool/shared/table"
)

const (
	eventPrefix = "EVENT#"
	testPrefix  = "TEST#"
)

// Stored is an event as it rests.
type Stored struct {
	Ref        string // 26 characters that sort by time; the event id's suffix unless a client chose the id
	PK, SK     string // where it rests
	ID         string // evt_…, or what a client chose
	Type       string // "asset.created"
	OccurredAt time.Time
	Body       []byte // the envelope, byte for byte as subscribers receive it
}

// Envelope takes the stored bytes apart. Data keeps its bytes.
func (s Stored) Envelope() (events.Envelope, error) {
	head, data, err := split(s.Body)
	head.Data = data
	return head, err
}

// IsEvent reports whether the item at k is an event to be published: what the
// feed and the stream's filter select. Test events are not.
func IsEvent(k table.Key) bool { return strings.HasPrefix(k.SK, eventPrefix) }

// Read makes a Stored of an item's key and document, from the stream or the table.
func Read(pk, sk string, doc []byte) (Stored, error) {
	head, _, err := split(doc)
	if err != nil {
		return Stored{}, fmt.Errorf("outbox: event at %s / %s: %w", pk, sk, err)
	}
	_, ref, _ := strings.Cut(sk, "#")
	return Stored{Ref: ref, PK: pk, SK: sk, ID: head.ID, Type: head.Type, OccurredAt: head.OccurredAt, Body: doc}, nil
}

// dataKey opens the last member of every envelope. It cannot occur earlier: in
// a JSON string each quotation mark has a backslash before it, and the members
// before it have no such name.
var dataKey = []byte(`,"data":`)

// split reads an envelope without looking at its data, which may be large.
func split(body []byte) (head events.Envelope, data json.RawMessage, err error) {
	first, rest, ok := bytes.Cut(body, dataKey)
	if !ok || !bytes.HasSuffix(rest, []byte("}")) {
		return head, nil, fmt.Errorf("not an envelope: %.40q", body)
	}
	err = json.Unmarshal(append(bytes.Clone(first), '}'), &head)
	return head, rest[:len(rest)-1], err
}
