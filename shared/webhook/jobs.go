package webhook

import (
	"context"
	"encoding/json"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/queue"
	"motorpool/shared/table"
)

// A job is a message in the queue of jobs: do one page, then send the next.
type job struct {
	Kind      jobKind      `json:"kind"`
	Workspace string       `json:"workspace"`
	Endpoint  string       `json:"endpoint"`
	Since     time.Time    `json:"since,omitzero"`
	Until     time.Time    `json:"until,omitzero"`
	By        access.Actor `json:"by,omitzero"`
	After     string       `json:"after,omitempty"` // cursor; empty: the first page
	Sent      int          `json:"sent,omitempty"`  // orders in the pages before
}

type jobKind string

const (
	jobRecover jobKind = "recover"
	jobReplay  jobKind = "replay"
	jobRelease jobKind = "release"
)

const (
	jobPage = 100 // orders in a page
	pace    = 50  // orders per second at the most, so that a receiver that has just come back is not run over

	afterCrash = 30 * time.Second // a job that is sent ahead of a change, in case the one after it is never sent
	sweepAfter = time.Minute      // from the end of a release to the look at what was held in the last moment
)

// enqueue sends a job.
func (s *Service) enqueue(ctx context.Context, j job, delay time.Duration) error {
	body, err := json.Marshal(j)
	if err != nil {
		return err
	}
	return s.Jobs.Send(ctx, queue.Message{Group: j.Endpoint, Body: body, Delay: delay})
}

// release looks again at what is held for an endpoint: it is sent if the
// endpoint receives, ends if that is disabled or gone, and stays if it is paused.
func (s *Service) release(ctx context.Context, e *Endpoint, delay time.Duration) error {
	return s.enqueue(ctx, job{Kind: jobRelease, Workspace: e.Workspace, Endpoint: e.ID}, delay)
}

// RunJob does one page of recover, replay or release: the consumer of "jobs".
// It sends orders and changes nothing itself, so that it can be done again.
func (s *Service) RunJob(ctx context.Context, body json.RawMessage, at time.Time) error {
	var j job
	if err := json.Unmarshal(body, &j); err != nil {
		return fault.New(fault.Invalid, "webhook.job", "This is not a job.").Because(err)
	}
	if left, err := s.left(ctx, j.Workspace); err != nil {
		return err
	} else if left {
		return s.Park(ctx, body, at)
	}
	e, err := s.look(ctx, j.Workspace, j.Endpoint)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if e == nil && j.Kind != jobRelease || e != nil && e.State == Paused && j.Kind == jobRelease {
		return nil
	}
	orders, after, err := s.page(ctx, j, e, at)
	if err != nil {
		return err
	}
	if err := s.sendAll(ctx, orders, j.Endpoint); err != nil {
		return err
	}
	j.After, j.Sent = after, j.Sent+len(orders)
	switch {
	case after != "":
		return s.enqueue(ctx, j, paced(len(orders), e))
	case j.Kind == jobRelease && j.Sent > 0:
		j.Sent = 0
		return s.enqueue(ctx, j, sweepAfter)
	}
	return nil
}

// paced is how long to wait after n orders.
func paced(n int, e *Endpoint) time.Duration {
	perSecond := pace
	if e != nil && e.RateLimit > 0 {
		perSecond = min(pace, e.RateLimit)
	}
	return time.Duration(n) * time.Second / time.Duration(perSecond)
}

func (s *Service) sendAll(ctx context.Context, orders []order, endpoint string) error {
	msgs := make([]queue.Message, len(orders))
	for i, o := range orders {
		var err error
		if msgs[i], err = o.message(endpoint, 0); err != nil {
			return err
		}
	}
	if len(msgs) == 0 {
		return nil
	}
	return s.Queue.Send(ctx, msgs...)
}

// page finds the orders of a job's next page, and the cursor of the one after.
func (s *Service) page(ctx context.Context, j job, e *Endpoint, at time.Time) ([]order, string, error) {
	switch j.Kind {
	case jobReplay:
		return s.missed(ctx, j, e, at)
	case jobRecover:
		return s.again(ctx, j, Failed, Recovered)
	}
	return s.again(ctx, j, Held, Resumed)
}

// again orders a new round of the deliveries that have a status, oldest first.
// What the index says may be old by now: whoever takes an order looks again.
func (s *Service) again(ctx context.Context, j job, status Status, cause Cause) ([]order, string, error) {
	page, err := s.Table.Query(ctx, table.Query{
		PK: statusPK(j.Workspace, j.Endpoint, status), Index: true, Limit: jobPage, After: j.After,
	})
	if err != nil {
		return nil, "", err
	}
	var orders []order
	for _, it := range page.Items {
		d, err := decodeDelivery(it)
		if err != nil {
			return nil, "", err
		}
		if d.Status == status && j.covers(d.Changed) && d.full() == nil {
			orders = append(orders, order{Workspace: d.Workspace, Delivery: d.ID, Round: d.Round.Number + 1, Cause: cause, By: j.By})
		}
	}
	return orders, page.Next, nil
}

func (j job) covers(at time.Time) bool {
	return !at.Before(j.Since) && (j.Until.IsZero() || at.Before(j.Until))
}
