package tracking

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

const (
	// MaxReports is how many trips one request may report.
	MaxReports = 500

	perWrite = 40 // journeys in one write: each has an event, and 20 ops are left for what they change
	atOnce   = 8  // groups that are written at the same time

	mostAssets = 2 // in one write, each with at most 8 ops; a device seldom moves within a day
)

// Outcome is what became of one report.
type Outcome string

// The outcomes.
const (
	Completed Outcome = "completed" // kept, and on the odometer
	Ignored   Outcome = "ignored"   // kept, and counts for nothing
	Repeated  Outcome = "repeated"  // it was here already
	Refused   Outcome = "refused"   // not kept; Fault says why
)

// Result is what became of one report, in the order of the reports.
type Result struct {
	Outcome Outcome
	Journey *Journey
	Fault   error
}

// row is one report on its way.
type row struct {
	journey *Journey
	result  *Result
}

// group is the rows of one device that begin on one day (UTC): they change the
// same items, so they are read and written together. It costs a fixed number of
// reads, and those of the device and the rules are shared by all.
type group struct {
	device string
	day    string
	rows   []row
}

// Ingest takes the trips that devices report: each by itself, so that a bad one
// does not keep the others out. What is sent again changes nothing. It returns an
// error only if it could not do its work; then send everything again.
func (s *Service) Ingest(ctx context.Context, actor access.Actor, reports []Report, at time.Time) ([]Result, error) {
	if len(reports) == 0 || len(reports) > MaxReports {
		return nil, fault.New(fault.Invalid, "tracking.readings", "Send from 1 to %d trips at once.", MaxReports).At("readings")
	}
	rules, _, err := s.Rules(ctx, actor.Workspace)
	if err != nil {
		return nil, err
	}
	results := make([]Result, len(reports))
	groups, err := s.sort(ctx, actor.Workspace, reports, results, at)
	if err != nil {
		return nil, err
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	var errs []error
	turn := make(chan struct{}, atOnce)
	for _, g := range groups {
		all.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			for part := range slices.Chunk(g.rows, perWrite) {
				if err := s.take(ctx, actor, g.device, part, rules, at); err != nil {
					mu.Lock()
					errs = append(errs, err)
					mu.Unlock()
					return
				}
			}
		})
	}
	all.Wait()
	return results, errors.Join(errs...)
}

// sort reads the reports and puts those that can be read into groups.
func (s *Service) sort(ctx context.Context, workspace string, reports []Report, results []Result, at time.Time) ([]*group, error) {
	devices := map[table.Key]string{}
	places := map[[2]string]*group{}
	var groups []*group
	for i, p := range reports {
		j, err := p.journey(at)
		if err != nil {
			results[i] = Result{Refused, nil, err}
			continue
		}
		k := serialKey(workspace, j.Provider, j.Serial)
		id, known := devices[k]
		if !known {
			it, err := s.Table.Get(ctx, k)
			if err != nil && fault.KindOf(err) != fault.NotFound {
				return nil, err
			}
			id = unquote(it.Doc)
			devices[k] = id
		}
		if id == "" {
			results[i] = Result{Refused, nil, fault.New(fault.NotFound, "device.unknown", "No device of this provider has this serial number. Add it first.").At("serial")}
			continue
		}
		where := [2]string{id, j.Start.Format(time.DateOnly)}
		if places[where] == nil {
			places[where] = &group{device: where[0], day: where[1]}
			groups = append(groups, places[where])
		}
		places[where].rows = append(places[where].rows, row{j, &results[i]})
	}
	return groups, nil
}

// take keeps up to perWrite journeys of one device and one day.
func (s *Service) take(ctx context.Context, actor access.Actor, device string, rows []row, rules Rules, at time.Time) error {
	return again(func() error {
		d, err := s.load(ctx, actor.Workspace, device)
		if err != nil {
			return err
		}
		if !d.Retired.IsZero() {
			refuse(rows, fault.New(fault.Conflict, "device.retired", "This device is retired. What it reports is not taken."))
			return nil
		}
		known, err := s.known(ctx, actor.Workspace, device, rows)
		if err != nil {
			return err
		}
		fresh := s.judge(d, rows, known, rules)
		if len(fresh) == 0 {
			return nil
		}
		if half := len(rows) / 2; assets(fresh) > mostAssets && half > 0 {
			return errors.Join(s.take(ctx, actor, device, rows[:half], rules, at), s.take(ctx, actor, device, rows[half:], rules, at))
		}
		ops, err := s.count(ctx, actor.Workspace, fresh)
		if kind := fault.KindOf(err); kind == fault.Conflict && !overtaken(err) {
			refuse(rowsOf(rows, fresh), err)
			return nil
		}
		if err != nil {
			return err
		}
		for _, j := range fresh {
			told, err := s.Events.Op(ctx, devicePK(actor.Workspace, device), actor, j.news(), at)
			if err != nil {
				return err
			}
			ops = append(ops, j.op(actor.Workspace), told)
			d.hear(j.End, at)
		}
		if d.Version != d.was.Version {
			d.Version = d.was.Version + 1 // however many journeys, it is one change
			ops = append(ops, d.op())
		} else {
			ops = append(ops, table.Check(deviceKey(actor.Workspace, device), d.Version))
		}
		return s.Table.Write(ctx, ops...)
	})
}

// known reads what is kept of the span of rows already, by start.
func (s *Service) known(ctx context.Context, workspace, device string, rows []row) (map[int64]*Journey, error) {
	first, last := rows[0].journey.Start, rows[0].journey.Start
	for _, r := range rows {
		if r.journey.Start.Before(first) {
			first = r.journey.Start
		}
		last = later(last, r.journey.Start)
	}
	q := table.Query{PK: devicePK(workspace, device), From: journeySK(first), To: journeySK(last), Limit: table.MaxPage}
	kept := map[int64]*Journey{}
	for {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			j, err := readJourney(it)
			if err != nil {
				return nil, err
			}
			kept[j.Start.Unix()] = j
		}
		if q.After = page.Next; q.After == "" {
			return kept, nil
		}
	}
}

// judge says what becomes of each row, and returns the journeys that are new.
func (s *Service) judge(d *Device, rows []row, known map[int64]*Journey, rules Rules) (fresh []*Journey) {
	for _, r := range rows {
		j := r.journey
		had, ok := known[j.Start.Unix()]
		switch {
		case ok && had.same(j):
			*r.result = Result{Repeated, had, nil}
			continue
		case ok:
			*r.result = Result{Refused, had, fault.New(fault.Conflict, "journey.differs", "This device reported another trip that began at this second. The first one stays.").At("start")}
			continue
		}
		if j.ID == "" {
			j.ID = s.NewID("jny")
		}
		j.Asset, j.Ignored = "", "" // a try before may have found the device elsewhere
		j.settle(d, rules)
		known[j.Start.Unix()] = j
		fresh = append(fresh, j)
		*r.result = Result{Completed, j, nil}
		if j.Ignored != "" {
			r.result.Outcome = Ignored
		}
	}
	return fresh
}

// count returns the ops by which odometers and bills hear of journeys.
func (s *Service) count(ctx context.Context, workspace string, fresh []*Journey) (ops []table.Op, err error) {
	by := map[string][]*Journey{}
	var assets []string
	for _, j := range fresh {
		if j.Ignored != "" {
			continue
		}
		if by[j.Asset] == nil {
			assets = append(assets, j.Asset)
		}
		by[j.Asset] = append(by[j.Asset], j)
	}
	for _, asset := range assets {
		driven, err := s.Odometer.Drive(ctx, workspace, asset, by[asset])
		if err != nil {
			return nil, err
		}
		reopen, err := s.late(ctx, workspace, asset, by[asset])
		if err != nil {
			return nil, err
		}
		ops = slices.Concat(ops, driven, reopen)
	}
	return ops, nil
}

func (s *Service) late(ctx context.Context, workspace, asset string, journeys []*Journey) ([]table.Op, error) {
	if s.Periods == nil {
		return nil, nil
	}
	starts := make([]time.Time, len(journeys))
	for i, j := range journeys {
		starts[i] = j.Start
	}
	billed, reopen, err := s.Periods.Late(ctx, workspace, asset, starts)
	for i := range billed {
		journeys[i].Billed = billed[i]
	}
	return reopen, err
}

// assets counts the assets that journeys were driven by.
func assets(journeys []*Journey) int {
	seen := map[string]bool{}
	for _, j := range journeys {
		seen[j.Asset] = seen[j.Asset] || j.Ignored == ""
	}
	return len(seen)
}

func refuse(rows []row, err error) {
	for _, r := range rows {
		*r.result = Result{Refused, nil, err}
	}
}

func rowsOf(rows []row, journeys []*Journey) (of []row) {
	for _, r := range rows {
		if slices.Contains(journeys, r.journey) {
			of = append(of, r)
		}
	}
	return of
}
