package document

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/morning"
	"motorpool/shared/queue"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// JobKind is the kind of the jobs that RunJob does.
const JobKind = "document_expiry"

// job is one page of a workspace's morning.
type job struct {
	Kind      string `json:"kind"`
	Workspace string `json:"workspace"`
	After     string `json:"after,omitempty"`
	Staff     bool   `json:"staff,omitempty"` // all owners are told: now who looks after them
}

const (
	oclock  = 7   // in the workspace
	jobPage = 50  // documents looked at in one job
	maxTold = 20  // documents of one owner in one digest
	maxOf   = 200 // documents of one owner that are looked at
)

// Tick begins a workspace's morning, if it has come and has not begun yet: once a
// day, at 7 o'clock there or as soon after as somebody asks. If the process ends
// in between, the morning is begun again, which tells nobody anything twice.
func (s *Service) Tick(ctx context.Context, workspace string, at time.Time) error {
	zone, err := s.Zone(ctx, workspace)
	if err != nil {
		return err
	}
	return morning.Begin(ctx, s.Table, dayKey(workspace), at.In(zone), oclock, func() error {
		return s.enqueue(ctx, job{Kind: JobKind, Workspace: workspace})
	})
}

func (s *Service) enqueue(ctx context.Context, j job) error {
	body, err := json.Marshal(j)
	if err != nil {
		return err
	}
	return s.Jobs.Send(ctx, queue.Message{Group: j.Workspace, Body: body})
}

// RunJob looks at one page of the documents that expire soon or have just
// expired, tells of them, and orders the next page; after the last one, the
// digests of the staff, one at a time.
func (s *Service) RunJob(ctx context.Context, body json.RawMessage, at time.Time) error {
	var j job
	if err := json.Unmarshal(body, &j); err != nil || j.Kind != JobKind || j.Workspace == "" {
		return fault.New(fault.Invalid, "document.job", "This is not a job.").Because(err)
	}
	if err := s.Here(ctx, j.Workspace); fault.KindOf(err) == fault.Conflict {
		return nil // its new house tells
	} else if err != nil {
		return err
	}
	if j.Staff {
		return s.digest(ctx, j, at)
	}
	today, err := s.today(ctx, j.Workspace, at)
	if err != nil {
		return err
	}
	settings, err := s.Settings(ctx, j.Workspace)
	if err != nil {
		return err
	}
	page, err := s.Table.Query(ctx, table.Query{
		PK: expiresPK(j.Workspace), From: later(today, -lapse).String(), To: later(today, settings.reach()+1).String(),
		Limit: jobPage, After: j.After,
	})
	if err != nil {
		return err
	}
	if err := s.tellPage(ctx, j.Workspace, page.Items, settings, today, at); err != nil {
		return err
	}
	j.After, j.Staff = page.Next, page.Next == ""
	return s.enqueue(ctx, j)
}

// tellPage tells the owners of a page's documents, each once.
func (s *Service) tellPage(ctx context.Context, workspace string, page []table.Item, settings Settings, today span.Date, at time.Time) error {
	told := map[Owner]bool{}
	for _, it := range page {
		d, err := s.pointed(ctx, workspace, it)
		if err != nil {
			return err
		}
		if d == nil || told[d.Owner] {
			continue
		}
		told[d.Owner] = true
		ids, err := s.identifiers(ctx, workspace, d.Owner)
		if err != nil {
			return err
		}
		lead := Owner{d.Owner.Type, ids[len(ids)-1]}
		err = table.Again(ctx, tries, func() error { return s.tellOwner(ctx, workspace, lead, ids, settings, today, at) })
		if err != nil {
			return err
		}
	}
	return nil
}

// reach is how many days before a last day anybody is told.
func (s Settings) reach() (n int) {
	for _, r := range s.Rules {
		if r.On {
			n = max(n, slices.Max(r.DaysBefore))
		}
	}
	return n
}

func later(d span.Date, days int) span.Date {
	return span.DateOf(time.Date(d.Year, d.Month, d.Day+days, 0, 0, 0, 0, time.UTC))
}

// tellOwner tells what there is to tell today of one owner's documents, under
// whichever of their identifiers these are: events, letters and the log that it
// was told are one write.
func (s *Service) tellOwner(ctx context.Context, workspace string, o Owner, ids []string, settings Settings, today span.Date, at time.Time) error {
	docs, sent, err := s.known(ctx, workspace, ids)
	if err != nil {
		return err
	}
	notices, over := Due(docs, settings, sent, today)
	notices, over = notices[:min(len(notices), maxTold)], over[:min(len(over), maxTold)]
	if quiet, err := s.quiet(ctx, workspace, o, settings, notices); err != nil {
		return err
	} else if quiet {
		notices = nil
	}
	if len(notices)+len(over) == 0 {
		return nil
	}
	doc, err := json.Marshal(sent.note(notices, over, today))
	if err != nil {
		return err
	}
	ops := []table.Op{table.Put(table.Item{Key: sentKey(workspace, o.ID), Version: sent.Version, Doc: doc})}
	letters, err := s.letters(ctx, workspace, o, settings, notices, at)
	if err != nil {
		return err
	}
	told, err := s.tellExpiry(ctx, workspace, notices, over, today, at)
	if err != nil {
		return err
	}
	return s.Table.Write(ctx, slices.Concat(ops, letters, told)...)
}

// known is every document under ids, and what was told of them: the log of the
// last of ids, joined with what was told while the others were people of their own.
func (s *Service) known(ctx context.Context, workspace string, ids []string) (docs []*Document, sent Sent, err error) {
	for _, id := range ids {
		some, err := s.Of(ctx, access.System(workspace), id)
		if err != nil {
			return nil, Sent{}, err
		}
		docs = append(docs, some...)
		var is Sent
		if is.Version, err = s.stored(ctx, sentKey(workspace, id), &is); err != nil {
			return nil, Sent{}, err
		}
		sent = is.join(sent)
	}
	return docs, sent, nil
}

// quiet reports whether a person is left alone, having no live booking.
func (s *Service) quiet(ctx context.Context, workspace string, o Owner, settings Settings, notices []Notice) (bool, error) {
	if len(notices) == 0 || !settings.LiveOnly || s.Bookings == nil || o.Type == "asset" {
		return false, nil
	}
	live, err := s.Bookings.Live(ctx, workspace, o)
	return !live, err
}

func (s *Service) tellExpiry(ctx context.Context, workspace string, notices, over []Notice, today span.Date, at time.Time) (ops []table.Op, err error) {
	tell := func(d *Document, e events.Event) error {
		op, err := s.Events.Op(ctx, documentPK(workspace, d.ID), access.System(workspace), e, at)
		ops = append(ops, op)
		return err
	}
	for _, n := range notices {
		if err := tell(n.Document, events.DocumentExpiring{Object: n.Document.public(today), DaysLeft: n.Days}); err != nil {
			return nil, err
		}
	}
	for _, n := range over {
		if err := tell(n.Document, events.DocumentExpired{Object: n.Document.public(today)}); err != nil {
			return nil, err
		}
	}
	return ops, nil
}
