package webhook

import (
	"context"
	"log/slog"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// noteHealth keeps an endpoint's spell of failures, disables it where the rules
// say so, and starts or offers the recovery of what was lost.
func (s *Service) noteHealth(ctx context.Context, e *Endpoint, a Attempt, at time.Time) error {
	if a.Class == "" {
		if !e.Spell.Failing() || at.Before(e.Spell.Since) {
			return nil
		}
		return s.cheer(ctx, e, at)
	}
	rules, err := s.Rules(ctx, e.Workspace)
	if err != nil {
		return err
	}
	mine := *e
	if !mine.fail(a, rules, at) {
		return nil // as nearly always: nothing to write
	}
	return s.worsen(ctx, e, func(e *Endpoint) bool { return e.fail(a, rules, at) }, at)
}

// noteAgain notes the attempt made last, if it is of the present round: a crash
// may have kept that from being done.
func (s *Service) noteAgain(ctx context.Context, e *Endpoint, d *Delivery) error {
	a := d.last()
	if e == nil || a == nil || a.Round != d.Round.Number {
		return nil
	}
	return s.noteHealth(ctx, e, *a, a.At.Add(a.Took.Duration()))
}

// worsen stores a change for the worse. An endpoint that is gone needs none.
func (s *Service) worsen(ctx context.Context, e *Endpoint, do func(*Endpoint) bool, at time.Time) error {
	disabled := false
	_, err := s.change(ctx, access.System(e.Workspace), e.ID, at, func(e *Endpoint) (note, bool, error) {
		was := e.State
		changed := do(e)
		if disabled = changed && e.State != was; !disabled {
			return note{}, changed, nil
		}
		return note{action: "webhook_endpoint.disabled", also: s.courtesy(ctx, e, at)}, true, s.release(ctx, e, afterCrash)
	})
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err == nil && disabled {
		s.meter().Disabled()
	}
	return err
}

// courtesy is what tells administrators that e is disabled; see Notifier.
func (s *Service) courtesy(ctx context.Context, e *Endpoint, at time.Time) []table.Op {
	if s.Notify == nil {
		return nil
	}
	ops, err := s.Notify.EndpointDisabled(ctx, e, at)
	if err != nil {
		slog.WarnContext(ctx, "nobody is told that an endpoint was disabled", "workspace", e.Workspace, "endpoint", e.ID, "error", err)
		return nil
	}
	return ops
}

// cheer stores that an endpoint answers again. Recovery begins before that is
// stored: after it nobody would remember.
func (s *Service) cheer(ctx context.Context, e *Endpoint, at time.Time) error {
	rules, err := s.Rules(ctx, e.Workspace)
	if err != nil {
		return err
	}
	_, err = s.change(ctx, access.System(e.Workspace), e.ID, at, func(e *Endpoint) (note, bool, error) {
		since, lost := e.Spell.Since, e.Spell.Lost
		if !e.succeed(at) || !lost || !rules.AutoRecover {
			return note{}, true, nil
		}
		e.Spell.Recoverable = time.Time{}
		return note{}, true, s.enqueue(ctx, job{Kind: jobRecover, Workspace: e.Workspace, Endpoint: e.ID, Since: since, Until: at}, 0)
	})
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	return err
}

// Health is an endpoint at a glance: its last deliveries.
type Health struct {
	Counts map[Status]int // of the last ones
	Last   []Mark         // newest event first, at most glance
	Spell  Spell
}

// Mark is one delivery in a Health.
type Mark struct {
	ID     string
	Status Status
	At     time.Time // when the event happened
}

// glance is how many deliveries a Health looks at.
const glance = 100

// Health looks at an endpoint's last 100 deliveries.
func (s *Service) Health(ctx context.Context, workspace, id string, at time.Time) (Health, error) {
	e, err := s.look(ctx, workspace, id)
	if err != nil {
		return Health{}, err
	}
	rules, err := s.Rules(ctx, workspace)
	if err != nil {
		return Health{}, err
	}
	page, err := s.Table.Query(ctx, table.Query{PK: deliveriesPK(workspace, id), Reverse: true, Limit: glance})
	if err != nil {
		return Health{}, err
	}
	h := Health{Counts: map[Status]int{}, Spell: e.Spell}
	for _, it := range page.Items {
		d, err := decodeDelivery(it)
		if err != nil {
			return Health{}, err
		}
		if !d.expired(rules.Retention, at) {
			h.Counts[d.Status]++
			h.Last = append(h.Last, Mark{d.ID, d.Status, d.Event.OccurredAt})
		}
	}
	return h, nil
}

// DisableFailing disables a workspace's endpoints that have failed for longer
// than its settings allow, though no attempt has come by to notice it.
func (s *Service) DisableFailing(ctx context.Context, workspace string, at time.Time) error {
	rules, err := s.Rules(ctx, workspace)
	if err != nil || rules.Left {
		return err
	}
	all, err := s.all(ctx, workspace)
	if err != nil {
		return err
	}
	for _, e := range all {
		if mine := *e; !mine.overdue(rules, at) {
			continue
		}
		if err := s.worsen(ctx, e, func(e *Endpoint) bool { return e.overdue(rules, at) }, at); err != nil {
			return err
		}
	}
	return nil
}
