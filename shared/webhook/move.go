package webhook

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/queue"
	"motorpool/shared/table"
	"motorpool/shared/timeline"
)

// Kinds lists what rests here.
func Kinds() []table.Kind {
	const one = "WS#w#WHE#*"
	return []table.Kind{
		{Name: "webhook endpoint", PK: "WS#w#WHE", SK: "whe_*", Sealed: "sealed", Bound: boundAt, Work: true},
		{Name: "number of endpoints", PK: "WS#w#WHE", SK: countSK},
		{Name: "deleted webhook endpoint", PK: "WS#w#WHE#DELETED", SK: "whe_*", Sealed: "sealed", Bound: boundAt, Work: true},
		{Name: "webhook endpoint's turns", PK: one, SK: "SLOT"},
		{Name: "webhook delivery", PK: one + "#DLV", SK: "dlv_*", Work: true},
		{Name: "long answer to a delivery", PK: one + "#BODY", SK: "dlv_*#*"},
		{Name: "work that waits", PK: "WS#w#WHE#JOBS", SK: "*", Work: true, Passes: true},
	}
}

// boundAt is what Endpoint.bound says of the endpoint at k.
func boundAt(k table.Key) string { return workspaceOf(k.PK) + "/" + k.SK }

// left reports whether the workspace lives in another house now, which sends
// what is to be sent.
func (s *Service) left(ctx context.Context, workspace string) (bool, error) {
	rules, err := s.Rules(ctx, workspace)
	return rules.Left, err
}

// Park stores what a message of a queue asks for, so that it moves with the
// workspace: the order of a delivery that nobody has stored yet as that delivery,
// and a job, or the order of a later round, beside the deliveries. CarryOn sends
// it. What is parked twice is parked once.
func (s *Service) Park(ctx context.Context, body json.RawMessage, at time.Time) error {
	var o order // of a job it has the workspace alone
	if err := json.Unmarshal(body, &o); err != nil {
		return fault.New(fault.Invalid, "webhook.job", "This is neither a job nor an order.").Because(err)
	}
	if endpoint, is := endpointOf(o.Delivery); is {
		d, _, err := s.ordered(ctx, o, endpoint, at)
		if d == nil || err != nil {
			return err
		}
		if d.version == 0 {
			return s.create(ctx, d)
		}
		if d.Round.Number == o.Round || !o.starts(d, at) {
			return nil // what is stored tells what is to be done
		}
	}
	it := table.Item{Key: table.Key{PK: parkedPK(o.Workspace), SK: ident.Hash(string(body))}, Doc: body}
	err := s.Table.Write(ctx, table.Put(it))
	if isConflict(err) {
		return nil
	}
	return err
}

func parkedPK(workspace string) string { return endpointsPK(workspace) + "#JOBS" }

// WhoseWork returns the workspace that a message of a queue, or the input of a
// run, is about; empty if it is none of ours.
func WhoseWork(body json.RawMessage) string {
	var w struct {
		Workspace string `json:"workspace"`
	}
	if json.Unmarshal(body, &w) != nil {
		return ""
	}
	return w.Workspace
}

// Told reports whether an event has been published, as far as its deliveries
// tell: every endpoint that wants it, and was there when it happened, has one.
func (s *Service) Told(ctx context.Context, it table.Item) (bool, error) {
	event, err := outbox.Read(it.Key.PK, it.Key.SK, it.Doc)
	if err != nil {
		return false, err
	}
	due, err := s.match(ctx, workspaceOf(event.PK), []outbox.Stored{event})
	if err != nil {
		return false, err
	}
	for _, o := range due {
		endpoint, _ := endpointOf(o.Delivery)
		e, err := s.look(ctx, o.Workspace, endpoint)
		if err != nil || e.Created.After(event.OccurredAt) {
			continue // it is gone, or has come since
		}
		_, err = s.Table.Get(ctx, deliveryKey(o.Workspace, endpoint, o.Delivery))
		if fault.KindOf(err) == fault.NotFound {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// EventOf returns the ref of the event that the delivery at k carries; empty if
// there is no delivery at k.
func EventOf(k table.Key) string {
	if _, is := endpointOf(k.SK); !is {
		return ""
	}
	return k.SK[len("dlv_"):30]
}

// A Move is what CarryOn has to know of a move.
type Move struct {
	Word  string                // which no other move has, at most 8 letters or digits: a timeline remembers the runs of earlier ones
	Again func(ref string) bool // the events that are being published once more, and so order what has to be; nil: none
}

// CarryOn sends what queue and timeline have to hold because of a stored item
// of a kind with Work, after a move or a return: the order of a delivery whose
// attempt is to be made now, the rest of the wait of one that is to be tried
// again, the release of what is held though its endpoint is not paused, and what
// was parked. Doing it again does no harm.
func (s *Service) CarryOn(ctx context.Context, it table.Item, m Move, at time.Time) error {
	switch pk := it.Key.PK; {
	case strings.HasSuffix(pk, "#DLV"):
		d, err := decodeDelivery(it)
		if err != nil {
			return err
		}
		return s.carryOn(ctx, d, m, at)
	case strings.HasSuffix(pk, "#WHE#JOBS"):
		return s.unpark(ctx, it)
	}
	e, err := decodeEndpoint(it)
	if err != nil || e.State == Paused {
		return err
	}
	held, err := s.Table.Query(ctx, table.Query{PK: statusPK(e.Workspace, e.ID, Held), Index: true, Limit: 1})
	if err != nil || len(held.Items) == 0 {
		return err
	}
	return s.release(ctx, e, afterCrash) // the index may still be catching up
}

func (s *Service) carryOn(ctx context.Context, d *Delivery, m Move, at time.Time) error {
	if d.Round.Number == 1 && d.Round.Attempts < 2 && m.Again != nil && m.Again(EventOf(table.Key{SK: d.ID})) {
		return nil // publishing orders the first attempt, and what follows on it
	}
	o := order{Workspace: d.Workspace, Delivery: d.ID, Round: d.Round.Number, Made: d.Round.Attempts}
	switch d.Status {
	case Pending:
		return s.send(ctx, o, d.Endpoint, 0)
	case Retrying:
		o.Made = 0
		input, err := json.Marshal(o)
		if err != nil {
			return err
		}
		wait := max(Plan[0], (d.Next.Sub(at) + time.Second - 1).Truncate(time.Second))
		return s.Timeline.Begin(ctx, timeline.Run{ID: fmt.Sprintf("%s-m%s", d.runID(), m.Word), Input: input, Wait: wait})
	}
	return nil
}

// unpark sends a parked job or order, and forgets it. Jobs of other nouns are
// parked here too.
func (s *Service) unpark(ctx context.Context, it table.Item) error {
	var (
		j job
		o order
	)
	if err := errors.Join(json.Unmarshal(it.Doc, &j), json.Unmarshal(it.Doc, &o)); err != nil {
		return fmt.Errorf("webhook: work at %s / %s: %w", it.Key.PK, it.Key.SK, err)
	}
	now, err := s.Table.Get(ctx, it.Key)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if endpoint, is := endpointOf(o.Delivery); is {
		err = s.send(ctx, o, endpoint, 0)
	} else {
		// As it was, because it may be another noun's.
		err = s.Jobs.Send(ctx, queue.Message{Group: cmp.Or(j.Endpoint, j.Workspace), Body: it.Doc})
	}
	if err != nil {
		return err
	}
	if err = s.Table.Write(ctx, table.Delete(it.Key, now.Version)); isConflict(err) {
		return nil
	}
	return err
}
