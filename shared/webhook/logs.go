package webhook

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Query chooses deliveries. A zero field chooses all.
type Query struct {
	Endpoint string
	Type     string // one type, or "asset.*"
	Status   Status
	Since    time.Time // the event happened at this instant or later
	Until    time.Time // … before this instant
}

// Page asks for a page of a list.
type Page struct {
	Cursor string
	Limit  int
}

const (
	scanBudget = 1000        // deliveries that a page looks at in each endpoint's log
	slack      = time.Minute // how much later than its event an identifier may have been made
	parallel   = 16          // logs that are read at a time
)

// Deliveries lists deliveries, newest event first, of deleted endpoints too. A
// page may be short, or empty, when the query is narrow: only an empty next ends
// the list.
func (s *Service) Deliveries(ctx context.Context, workspace string, q Query, p Page, at time.Time) (list []*Delivery, next string, err error) {
	rules, err := s.Rules(ctx, workspace)
	if err != nil {
		return nil, "", err
	}
	before, err := openCursor(workspace, p.Cursor)
	if err != nil {
		return nil, "", err
	}
	if horizon := at.Add(-rules.Retention); q.Since.Before(horizon) {
		q.Since = horizon
	}
	logs, err := s.logs(ctx, workspace, q.Endpoint)
	if err != nil {
		return nil, "", err
	}
	limit := cmp.Or(p.Limit, table.DefaultPage)
	runs, err := s.scanAll(ctx, workspace, logs, scan{q, before, limit})
	if err != nil {
		return nil, "", err
	}
	list, last := merge(runs, limit)
	if last == "" {
		return list, "", nil
	}
	return list, base64.RawURLEncoding.EncodeToString([]byte(workspace + "\x00" + last)), nil
}

func openCursor(workspace, cursor string) (string, error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	before, ours := strings.CutPrefix(string(raw), workspace+"\x00")
	if _, ok := endpointOf(before); cursor != "" && (err != nil || !ours || !ok) {
		return "", badCursor()
	}
	return before, nil
}

func badCursor() error {
	return fault.New(fault.Invalid, "cursor.invalid", "That cursor is not one of ours for this list. Start again without a cursor.").At("cursor")
}

// logs names the endpoints whose logs a query reads.
func (s *Service) logs(ctx context.Context, workspace, endpoint string) ([]string, error) {
	if endpoint != "" {
		if !ident.Has("whe", endpoint) {
			return nil, fault.New(fault.Invalid, "webhook.endpoint", "This is not an endpoint's identifier.").At("endpoint")
		}
		return []string{endpoint}, nil
	}
	var ids []string
	for _, q := range []table.Query{
		{PK: endpointsPK(workspace), Prefix: "whe_", Limit: table.MaxPage},
		{PK: deletedPK(workspace), Reverse: true, Limit: MaxEndpoints}, // the ones deleted longest ago have hardly any logs left
	} {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			ids = append(ids, it.Key.SK)
		}
	}
	return ids, nil
}

// A run is what one log gives to a page, newest first. After its last, the log
// was read down to reached; empty: to its end.
type run struct {
	found   []*Delivery
	reached string
}

type scan struct {
	q      Query
	before string // only what comes after this one in the list
	limit  int
}

func (s *Service) scanAll(ctx context.Context, workspace string, logs []string, c scan) ([]run, error) {
	runs, errs := make([]run, len(logs)), make([]error, len(logs))
	slots := make(chan struct{}, parallel)
	var work sync.WaitGroup
	for i, endpoint := range logs {
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			runs[i], errs[i] = s.scan(ctx, workspace, endpoint, c)
		})
	}
	work.Wait()
	return runs, errors.Join(errs...)
}

// scan reads one log, through the index if that holds the status.
func (s *Service) scan(ctx context.Context, workspace, endpoint string, c scan) (run, error) {
	q := table.Query{PK: deliveriesPK(workspace, endpoint), Reverse: true, From: "dlv_" + ident.Floor(c.q.Since)}
	if indexed(c.q.Status) {
		q.PK, q.Index = statusPK(workspace, endpoint, c.q.Status), true
	}
	if !c.q.Until.IsZero() {
		q.To = "dlv_" + ident.Floor(c.q.Until.Add(slack))
	}
	if c.before != "" && (q.To == "" || c.before < q.To) {
		q.To = c.before
	}
	var r run
	for looked := 0; ; {
		q.Limit = c.limit + 1
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return r, err
		}
		for _, it := range page.Items {
			if it.Key.SK == c.before {
				continue
			}
			if len(r.found) == c.limit || looked == scanBudget {
				return r, nil
			}
			d, err := decodeDelivery(it)
			if err != nil {
				return r, err
			}
			if c.q.wants(d) {
				r.found = append(r.found, d)
			}
			r.reached, looked = d.ID, looked+1
		}
		if q.After = page.Next; q.After == "" {
			r.reached = ""
			return r, nil
		}
	}
}

func (q Query) wants(d *Delivery) bool {
	family, wild := strings.CutSuffix(q.Type, "*")
	return (q.Status == "" || d.Status == q.Status) &&
		(q.Type == "" || d.Event.Type == q.Type || wild && strings.HasPrefix(d.Event.Type, family)) &&
		!d.Event.OccurredAt.Before(q.Since) && (q.Until.IsZero() || d.Event.OccurredAt.Before(q.Until))
}

// merge puts the runs into one list, newest first, down to where every log was
// read. last is where the next page goes on; empty: nowhere.
func merge(runs []run, limit int) (list []*Delivery, last string) {
	for _, r := range runs {
		list = append(list, r.found...)
		last = max(last, r.reached)
	}
	slices.SortFunc(list, func(a, b *Delivery) int { return strings.Compare(b.ID, a.ID) })
	list = list[:sortedUntil(list, last)]
	if len(list) > limit {
		return list[:limit], list[limit-1].ID
	}
	return list, last
}

// sortedUntil counts the deliveries that come before or at last.
func sortedUntil(list []*Delivery, last string) int {
	n, _ := slices.BinarySearchFunc(list, last, func(d *Delivery, last string) int {
		if d.ID >= last {
			return -1
		}
		return 1
	})
	return n
}

// Delivery returns one delivery with all of its attempts. One that is older than
// the retention, or another workspace's, is not found.
func (s *Service) Delivery(ctx context.Context, workspace, id string, at time.Time) (*Delivery, error) {
	d, err := s.fetch(ctx, workspace, id)
	if err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx, workspace)
	if err != nil {
		return nil, err
	}
	if d.expired(rules.Retention, at) {
		return nil, noDelivery()
	}
	return d, s.complete(ctx, d)
}

// Payload returns the bytes that a delivery carries, as the receiver gets them,
// or nil once the event has expired.
func (s *Service) Payload(ctx context.Context, d *Delivery) ([]byte, error) {
	return s.body(ctx, d.Event.PK, d.Event.SK)
}

// Inspection is one delivery with all there is to see of it.
type Inspection struct {
	*Delivery
	Endpoint *Endpoint // nil if it was deleted
	Payload  []byte    // exactly the bytes that are sent; nil once the event has expired
}

// Inspect returns one delivery with its attempts, payload and endpoint.
func (s *Service) Inspect(ctx context.Context, workspace, id string, at time.Time) (i Inspection, err error) {
	if i.Delivery, err = s.Delivery(ctx, workspace, id, at); err != nil {
		return i, err
	}
	i.Endpoint, err = s.look(ctx, workspace, i.Delivery.Endpoint)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return i, err
	}
	i.Payload, err = s.Payload(ctx, i.Delivery)
	return i, err
}
