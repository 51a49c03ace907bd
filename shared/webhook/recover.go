package webhook

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
)

// Window is a stretch of time: from Since until before Until.
type Window struct {
	Since, Until time.Time // a zero Until means now
}

// Tally is what recover or replay found.
type Tally struct {
	Count int  // deliveries to be made
	More  bool // counting stopped: there are at least Count
}

// countLimit is how many things a count looks at before it stops.
const countLimit = 10_000

// Recover sends again, paced, what failed at the endpoint within the window. If
// dry it only counts.
func (s *Service) Recover(ctx context.Context, actor access.Actor, id string, w Window, dry bool, at time.Time) (Tally, error) {
	return s.bulk(ctx, actor, id, job{Kind: jobRecover}, w, dry, at)
}

// Replay sends, paced, what happened within the window, is chosen by the
// endpoint now and was never delivered to it: while it was disabled, or before
// it existed. If dry it only counts.
func (s *Service) Replay(ctx context.Context, actor access.Actor, id string, w Window, dry bool, at time.Time) (Tally, error) {
	return s.bulk(ctx, actor, id, job{Kind: jobReplay}, w, dry, at)
}

func (s *Service) bulk(ctx context.Context, actor access.Actor, id string, j job, w Window, dry bool, at time.Time) (Tally, error) {
	e, err := s.look(ctx, actor.Workspace, id)
	if err != nil {
		return Tally{}, err
	}
	if err := w.check(&j, at); err != nil {
		return Tally{}, err
	}
	j.Workspace, j.Endpoint, j.By = e.Workspace, e.ID, actor
	found, err := s.tally(ctx, j, e, at)
	if err != nil || dry {
		return found, err
	}
	if _, err := s.receiving(ctx, e.Workspace, e.ID, false); err != nil {
		return Tally{}, err
	}
	if err := s.enqueue(ctx, j, 0); err != nil {
		return Tally{}, err
	}
	return found, s.noteBulk(ctx, actor, e, j, at)
}

func (w Window) check(j *job, at time.Time) error {
	j.Since, j.Until = w.Since, w.Until
	if j.Until.IsZero() || j.Until.After(at) {
		j.Until = at.Add(time.Millisecond) // what failed at this very instant is in
	}
	switch {
	case w.Since.IsZero():
		return fault.New(fault.Invalid, "webhook.since", "Say since when.").At("since")
	case w.Since.After(at):
		return fault.New(fault.Invalid, "webhook.since", "This is in the future. Choose a time that has passed.").At("since")
	case !w.Until.IsZero() && !w.Until.After(w.Since):
		return fault.New(fault.Invalid, "webhook.until", "The end must come after the beginning.").At("until")
	}
	return nil
}

func (s *Service) tally(ctx context.Context, j job, e *Endpoint, at time.Time) (t Tally, err error) {
	for looked := 0; ; looked += jobPage {
		orders, after, err := s.page(ctx, j, e, at)
		if err != nil {
			return t, err
		}
		t.Count += len(orders)
		if after == "" {
			return t, nil
		}
		if looked+jobPage >= countLimit {
			t.More = true
			return t, nil
		}
		j.After = after
	}
}

// noteBulk leaves the audit entry, and withdraws an offer of recovery that was
// taken up.
func (s *Service) noteBulk(ctx context.Context, actor access.Actor, e *Endpoint, j job, at time.Time) error {
	n := note{action: "webhook_endpoint." + string(j.Kind) + "ed", changes: []audit.Change{{Field: "since", To: j.Since}, {Field: "until", To: j.Until}}}
	if j.Kind == jobRecover {
		n.action = "webhook_endpoint.recovery_started"
	}
	_, err := s.change(ctx, actor, e.ID, at, func(e *Endpoint) (note, bool, error) {
		if j.Kind == jobRecover && !e.Spell.Recoverable.Before(j.Since) {
			e.Spell.Recoverable = time.Time{}
		}
		return n, true, nil
	})
	return err
}

// missed finds the events of a page that the endpoint wants and has no delivery
// of, newest first, and orders their first round.
func (s *Service) missed(ctx context.Context, j job, e *Endpoint, at time.Time) ([]order, string, error) {
	list, after, err := s.Events.List(ctx, j.Workspace, outbox.Filter{Since: j.Since, Until: j.Until}, j.After, jobPage, at)
	if err != nil || len(list) == 0 {
		return nil, after, err
	}
	from, to := list[0].Ref, list[0].Ref
	for _, event := range list {
		from, to = min(from, event.Ref), max(to, event.Ref)
	}
	there, err := s.delivered(ctx, j, from, to)
	if err != nil {
		return nil, "", err
	}
	var orders []order
	for _, event := range list {
		id := deliveryID(event.Ref, e.ID)
		if !there[id] && e.Wants(event.Type, event.PK) {
			orders = append(orders, order{
				Workspace: j.Workspace, Delivery: id, Round: 1, Cause: Replayed, By: j.By, PK: event.PK, SK: event.SK,
			})
		}
	}
	return orders, after, nil
}

// delivered returns the deliveries of the events from one ref to another.
func (s *Service) delivered(ctx context.Context, j job, from, to string) (map[string]bool, error) {
	there := map[string]bool{}
	q := table.Query{
		PK: deliveriesPK(j.Workspace, j.Endpoint), From: deliveryID(from, j.Endpoint), To: deliveryID(to, j.Endpoint), Limit: table.MaxPage,
	}
	for {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			there[it.Key.SK] = true
		}
		if q.After = page.Next; q.After == "" {
			return there, nil
		}
	}
}
