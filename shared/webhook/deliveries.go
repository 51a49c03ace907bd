package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where deliveries rest:
//
//	PK                 SK                   index PK                              index SK
//	WS#w#WHE#e#DLV     <delivery id>        WS#w#WHE#e#<failed|held|retrying>     <delivery id>
//	WS#w#WHE#e#BODY    <delivery id>#<n>    (not indexed)   what attempt n was answered, if it is long
//
// One delivery is one item, attempts included, stored when there is something
// to say of it: one that succeeds at once is written once. It is indexed only
// while it is neither pending nor succeeded: most never are.
func deliveriesPK(workspace, endpoint string) string {
	return aboutPK(workspace, endpoint) + "#DLV"
}

func statusPK(workspace, endpoint string, s Status) string {
	return aboutPK(workspace, endpoint) + "#" + string(s)
}

func deliveryKey(workspace, endpoint, id string) table.Key {
	return table.Key{PK: deliveriesPK(workspace, endpoint), SK: id}
}

func indexed(s Status) bool { return s == Failed || s == Held || s == Retrying }

// inline is how many bytes of an answer rest in the delivery itself, so that a
// hundred attempts fit into an item.
const inline = 1 << 10

type answer struct {
	Header http.Header `json:"header,omitempty"`
	Body   []byte      `json:"body,omitempty"`
}

func answerKey(d *Delivery, number int) table.Key {
	return table.Key{PK: aboutPK(d.Workspace, d.Endpoint) + "#BODY", SK: fmt.Sprintf("%s#%03d", d.ID, number)}
}

// put is the op that stores d.
func (d *Delivery) put() (table.Op, error) {
	doc, err := json.Marshal(d)
	it := table.Item{
		Key: deliveryKey(d.Workspace, d.Endpoint, d.ID), Version: d.version, Expires: d.Expires, Doc: doc,
	}
	if indexed(d.Status) {
		it.Index = table.Key{PK: statusPK(d.Workspace, d.Endpoint, d.Status), SK: d.ID}
	}
	return table.Put(it), err
}

// store writes d, with the answer to its last attempt aside if that is long.
func (s *Service) store(ctx context.Context, d *Delivery, also ...table.Op) error {
	ops := also
	if a := d.last(); a != nil && !a.Aside && len(a.Body)+size(a.Header) > inline {
		doc, err := json.Marshal(answer{a.Header, a.Body})
		if err != nil {
			return err
		}
		ops = append(ops, table.Put(table.Item{Key: answerKey(d, a.Number), Expires: d.Expires, Doc: doc}))
		a.Header, a.Body, a.Aside = nil, nil, true
	}
	op, err := d.put()
	if err != nil {
		return err
	}
	if err := s.Table.Write(ctx, append([]table.Op{op}, ops...)...); err != nil {
		return err
	}
	d.version++
	return nil
}

func size(h http.Header) (n int) {
	for name, values := range h {
		for _, v := range values {
			n += len(name) + len(v)
		}
	}
	return n
}

// complete fetches the answers that rest aside. One that is gone stays empty.
func (s *Service) complete(ctx context.Context, d *Delivery) error {
	for i := range d.Attempts {
		a := &d.Attempts[i]
		if !a.Aside {
			continue
		}
		it, err := s.Table.Get(ctx, answerKey(d, a.Number))
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		var full answer
		if err := errors.Join(err, json.Unmarshal(it.Doc, &full)); err != nil {
			return err
		}
		a.Header, a.Body = full.Header, full.Body
	}
	return nil
}

func decodeDelivery(it table.Item) (*Delivery, error) {
	d := &Delivery{version: it.Version}
	if err := json.Unmarshal(it.Doc, d); err != nil {
		return nil, fmt.Errorf("webhook: delivery at %s / %s: %w", it.Key.PK, it.Key.SK, err)
	}
	return d, nil
}

// fetch returns a delivery, older than the retention or not.
func (s *Service) fetch(ctx context.Context, workspace, id string) (*Delivery, error) {
	endpoint, ok := endpointOf(id)
	if !ok {
		return nil, noDelivery()
	}
	it, err := s.Table.Get(ctx, deliveryKey(workspace, endpoint, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noDelivery()
	}
	if err != nil {
		return nil, err
	}
	return decodeDelivery(it)
}

func noDelivery() error {
	return fault.New(fault.NotFound, "webhook.delivery_not_found", "There is no such delivery here. Deliveries are kept for as long as the workspace's settings say.")
}

// body returns the bytes of an event, or nil once it has expired. An event never
// changes, so an old answer is as good; only that there is none must be certain.
func (s *Service) body(ctx context.Context, pk, sk string) ([]byte, error) {
	key := table.Key{PK: pk, SK: sk}
	it, err := table.Glance(table.Lately(ctx), s.Table, key)
	if fault.KindOf(err) == fault.NotFound {
		it, err = s.Table.Get(ctx, key)
	}
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	return it.Doc, err
}

// amend makes a change to a delivery and stores it, again if someone else was
// faster. do returns false if there is nothing to store.
func (s *Service) amend(ctx context.Context, d *Delivery, do func(*Delivery) bool) (*Delivery, error) {
	err := error(nil)
	for range tries {
		if !do(d) {
			return d, nil
		}
		if err = s.store(ctx, d); !isConflict(err) {
			return d, err
		}
		if d, err = s.fetch(ctx, d.Workspace, d.ID); err != nil {
			return nil, err
		}
	}
	return nil, err
}

// expired reports whether a delivery is older than the workspace keeps them.
func (d *Delivery) expired(keep time.Duration, at time.Time) bool {
	return d.Event.OccurredAt.Before(at.Add(-keep))
}
