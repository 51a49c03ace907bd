package insurance

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/morning"
	"motorpool/shared/queue"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// daysBefore are the days before a policy's last one on which it is told.
var daysBefore = []int{30, 7, 0}

const (
	oclock = 6  // in the workspace
	lapse  = 30 // days after an end in which it is still told, after an outage
)

// sent is what was told of a policy's end. Another last day is another end.
type sent struct {
	End  span.Date `json:"end"`
	Days []int     `json:"days,omitempty"`
	Over bool      `json:"over,omitempty"`
}

// due says what there is to tell of p today: how many days before its end, or
// that it is over; and what was told then. One telling stands for the earlier
// ones that were missed.
func due(p *Policy, was sent, today span.Date) (days int, over, tell bool, now sent) {
	if was.End != p.End {
		was = sent{End: p.End}
	}
	now = sent{End: p.End, Days: slices.Clone(was.Days), Over: was.Over}
	left := today.Until(p.End)
	switch {
	case !p.CancelledOn.IsZero():
		return 0, false, false, was
	case left < 0:
		now.Over = true
		return 0, true, !was.Over && left >= -lapse, now
	}
	for _, d := range daysBefore {
		if left <= d && !slices.Contains(now.Days, d) {
			now.Days, tell = append(now.Days, d), true
		}
	}
	return left, false, tell, now
}

// JobKind is the kind of the jobs that RunJob does.
const JobKind = "insurance_expiry"

// job is one page of a workspace's morning.
type job struct {
	Kind      string `json:"kind"`
	Workspace string `json:"workspace"`
	After     string `json:"after,omitempty"`
}

// Tick begins a workspace's morning, if it has come and has not begun yet: once a
// day, from 6 o'clock there. If the process ends in between, the morning is begun
// again, which tells nobody anything twice.
func (s *Service) Tick(ctx context.Context, workspace string, at time.Time) error {
	zone, err := s.Zone(ctx, workspace)
	if err != nil {
		return err
	}
	return morning.Begin(ctx, s.Table, dayKey(workspace), at.In(zone), oclock, func() error {
		return s.enqueue(ctx, job{Kind: JobKind, Workspace: workspace})
	})
}

func (s *Service) stored(ctx context.Context, k table.Key, into any) (int64, error) {
	it, err := s.Table.Get(ctx, k)
	if fault.KindOf(err) == fault.NotFound {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return it.Version, json.Unmarshal(it.Doc, into)
}

func (s *Service) enqueue(ctx context.Context, j job) error {
	body, err := json.Marshal(j)
	if err != nil {
		return err
	}
	return s.Jobs.Send(ctx, queue.Message{Group: j.Workspace, Body: body})
}

// jobPage is how many policies are looked at in one job.
const jobPage = 50

// RunJob looks at one page of the policies whose last day is near, tells of them,
// and orders the next page.
func (s *Service) RunJob(ctx context.Context, body json.RawMessage, at time.Time) error {
	var j job
	if err := json.Unmarshal(body, &j); err != nil || j.Kind != JobKind || j.Workspace == "" {
		return fault.New(fault.Invalid, "insurance.job", "This is not a job.").Because(err)
	}
	if err := s.Here(ctx, j.Workspace); fault.KindOf(err) == fault.Conflict {
		return nil // its new house tells
	} else if err != nil {
		return err
	}
	today, err := s.Today(ctx, j.Workspace, at)
	if err != nil {
		return err
	}
	page, err := s.Table.Query(ctx, table.Query{
		PK: policiesPK(j.Workspace), Index: true, Limit: jobPage, After: j.After,
		From: today.Plus(-lapse).String(), To: today.Plus(slices.Max(daysBefore)).String() + "#~",
	})
	if err != nil {
		return err
	}
	for _, it := range page.Items {
		id := strings.TrimPrefix(it.Key.PK, policyPK(j.Workspace, ""))
		if err := table.Again(ctx, tries, func() error { return s.tellEnd(ctx, j.Workspace, id, today, at) }); err != nil {
			return err
		}
	}
	if page.Next == "" {
		return nil
	}
	j.After = page.Next
	return s.enqueue(ctx, j)
}

// tellEnd tells what there is to tell of one policy: event, letters and the log
// that it was told are one write.
func (s *Service) tellEnd(ctx context.Context, workspace, id string, today span.Date, at time.Time) error {
	p, err := s.loadPolicy(ctx, workspace, id)
	if err != nil {
		return err
	}
	var was sent
	version, err := s.stored(ctx, sentKey(workspace, id), &was)
	if err != nil {
		return err
	}
	days, over, tell, now := due(p, was, today)
	if !tell {
		return nil
	}
	var e events.Event = events.InsurancePolicyExpiring{Object: p.Object(today), DaysLeft: days}
	if over {
		e = events.InsurancePolicyExpired{Object: p.Object(today)}
	}
	doc, err := json.Marshal(now)
	if err != nil {
		return err
	}
	ops := []table.Op{
		table.Put(table.Item{Key: sentKey(workspace, id), Version: version, Doc: doc}),
		table.Check(policyKey(workspace, id), p.Version),
	}
	op, err := s.Events.Op(ctx, policyPK(workspace, id), access.System(workspace), e, at)
	if err != nil {
		return err
	}
	if ops = append(ops, op); s.Notices != nil {
		letters, err := s.Notices.Notice(ctx, workspace, p.notice(days, over), p.lines(), "/insurance/"+p.ID, at)
		if err != nil {
			return err
		}
		ops = append(ops, letters...)
	}
	return s.Table.Write(ctx, ops...)
}

// notice is the subject of a letter about the end of p.
func (p *Policy) notice(days int, over bool) string {
	switch {
	case over:
		return "Insurance has ended: " + p.Line()
	case days == 0:
		return "Insurance ends today: " + p.Line()
	case days == 1:
		return "Insurance ends tomorrow: " + p.Line()
	}
	return fmt.Sprintf("Insurance ends in %d days: %s", days, p.Line())
}

func (p *Policy) lines() []string {
	covers := fmt.Sprintf("It covers %d assets.", len(p.Assets))
	if p.WholeFleet {
		covers = "It covers the whole fleet."
	} else if len(p.Assets) == 1 {
		covers = "It covers one asset."
	}
	return []string{"Last day: " + p.End.Words() + ".", covers}
}
