package reminder

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/queue"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// applyPage is how many assets one page of applying a template looks at.
const applyPage = 100

// JobKind is the kind of the messages that RunJob takes.
const JobKind = "apply_reminder_template"

type job struct {
	Kind      string       `json:"kind"`
	Workspace string       `json:"workspace"`
	Template  string       `json:"template"`
	After     string       `json:"after"`
	By        access.Actor `json:"by"`
}

// Apply schedules a template's reminder for each asset that it is for and that
// never had it, counted from today and from the odometer as it stands. It does
// the first hundred at once and orders the rest, if there is more. Doing it
// again does nothing to those that have it.
func (s *Service) Apply(ctx context.Context, actor access.Actor, id string, at time.Time) (made int, more bool, err error) {
	return s.applyFrom(ctx, job{Kind: JobKind, Workspace: actor.Workspace, Template: id, By: actor}, at)
}

// RunJob does one page of applying a template, and orders the next.
func (s *Service) RunJob(ctx context.Context, body json.RawMessage, at time.Time) error {
	var j job
	if err := json.Unmarshal(body, &j); err != nil {
		return fault.New(fault.Invalid, "service_reminder.job", "This is not a job.").Because(err)
	}
	_, _, err := s.applyFrom(ctx, j, at)
	if fault.KindOf(err) == fault.NotFound {
		return nil // the template was deleted meanwhile
	}
	return err
}

func (s *Service) applyFrom(ctx context.Context, j job, at time.Time) (made int, more bool, err error) {
	t, err := s.Template(ctx, j.Workspace, j.Template)
	if err != nil {
		return 0, false, err
	}
	assets, next, err := s.Vehicles.Page(ctx, j.Workspace, j.After, applyPage)
	if err != nil {
		return 0, false, err
	}
	for _, asset := range assets {
		did, err := s.cover(ctx, j.By, t, asset, at)
		if err != nil {
			return made, false, err
		}
		if did {
			made++
		}
	}
	if next == "" {
		return made, false, nil
	}
	j.After = next
	body, err := json.Marshal(j)
	if err != nil {
		return made, true, err
	}
	return made, true, s.Jobs.Send(ctx, queue.Message{Group: t.ID, Body: body})
}

// cover schedules the reminder of t for an asset that it is for, once. It
// reports whether it did.
func (s *Service) cover(ctx context.Context, actor access.Actor, t *Template, asset string, at time.Time) (did bool, err error) {
	once := table.Key{PK: assetPK(t.Workspace, asset), SK: coveredPrefix + t.ID}
	if _, err := s.Table.Get(ctx, once); err == nil || fault.KindOf(err) != fault.NotFound {
		return false, err
	}
	if len(t.Categories) > 0 {
		if among, err := s.Vehicles.Among(ctx, t.Workspace, asset, t.Categories); err != nil || !among {
			return false, gone(err)
		}
	}
	today, err := s.Today(ctx, t.Workspace, at)
	if err != nil {
		return false, err
	}
	var is *Mileage
	if s.Odometer != nil && t.IntervalDistance > 0 {
		if is, err = s.Odometer.Estimate(ctx, t.Workspace, asset, at); err != nil {
			return false, err
		}
	}
	id := s.NewID("rem")
	err = table.Again(ctx, tries, func() error {
		if _, err := s.Table.Get(ctx, once); err == nil || fault.KindOf(err) != fault.NotFound {
			did = false
			return err
		}
		did = true
		refer, err := s.Vehicles.Refer(ctx, t.Workspace, asset)
		if err != nil {
			return err
		}
		r, err := schedule(id, t.Workspace, asset, t.ID, t.details(today, is), at)
		if err != nil {
			return err
		}
		r.said(Details{}, is)
		return s.save(ctx, actor, at, []table.Op{refer, table.Put(table.Item{Key: once, Doc: quoted(id)})}, r)
	})
	return did && err == nil, gone(err)
}

// gone is nil for an asset that has left the fleet: it needs nothing.
func gone(err error) error {
	if c := fault.CodeOf(err); c == "asset.not_found" || c == "asset.archived" {
		return nil
	}
	return err
}

// Joined sees to an asset that is new or was changed: it gets the reminders of
// the templates that are for it, and those of the days on which its registration
// and its warranty end. Doing it again does nothing.
func (s *Service) Joined(ctx context.Context, workspace, asset string, at time.Time) error {
	all, err := s.Templates(ctx, workspace)
	if err != nil {
		return err
	}
	var failed []error
	for _, t := range all {
		if !t.Created.After(at) {
			_, err := s.cover(ctx, access.System(workspace), t, asset, at)
			failed = append(failed, err)
		}
	}
	return errors.Join(append(failed, gone(s.followAsset(ctx, workspace, asset, at)))...)
}

// followAsset follows those days that the asset itself says. What is followed
// already is read in one page: most changes of an asset move none of them.
func (s *Service) followAsset(ctx context.Context, workspace, asset string, at time.Time) error {
	registration, warranty, err := s.Vehicles.Ends(ctx, workspace, asset)
	if err != nil {
		return err
	}
	page, err := s.Table.Query(ctx, table.Query{PK: assetPK(workspace, asset), Prefix: followsPrefix, Limit: len(KindNames)})
	if err != nil {
		return err
	}
	known := map[string]span.Date{}
	for _, it := range page.Items {
		var was followed
		if err := json.Unmarshal(it.Doc, &was); err != nil {
			return err
		}
		known[strings.TrimPrefix(it.Key.SK, followsPrefix)] = was.On
	}
	if known[Registration] != registration {
		err = s.Follow(ctx, workspace, asset, Registration, registration, at)
	}
	if err == nil && known[Warranty] != warranty {
		err = s.Follow(ctx, workspace, asset, Warranty, warranty, at)
	}
	return err
}

// followed is the reminder of a day that the asset itself says.
type followed struct {
	Reminder string    `json:"reminder"`
	On       span.Date `json:"on"`
}

// Follow keeps one reminder of a kind at a day that something else says: the end
// of a registration, an insurance or a warranty. Another day moves the reminder;
// a later one, when it was due already, completes it and schedules the next; no
// day skips it. Doing it again does nothing.
func (s *Service) Follow(ctx context.Context, workspace, asset, kind string, on span.Date, at time.Time) error {
	k := table.Key{PK: assetPK(workspace, asset), SK: followsPrefix + kind}
	today, err := s.Today(ctx, workspace, at)
	if err != nil {
		return err
	}
	return table.Again(ctx, tries, func() error {
		it, err := s.Table.Get(ctx, k)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		var was followed
		if it.Version > 0 {
			if err := json.Unmarshal(it.Doc, &was); err != nil {
				return err
			}
		}
		if was.On == on {
			return nil
		}
		refer, err := s.Vehicles.Refer(ctx, workspace, asset)
		if err != nil {
			return err
		}
		changed, err := s.follows(ctx, workspace, asset, kind, was, on, today, at)
		if err != nil {
			return err
		}
		is := followed{Reminder: was.Reminder, On: on}
		for _, r := range changed {
			is.Reminder = r.ID
		}
		it.Key = k
		if it.Doc, err = json.Marshal(is); err != nil {
			return err
		}
		return s.save(ctx, access.System(workspace), at, []table.Op{refer, table.Put(it)}, changed...)
	})
}

// follows is the reminders that change when what they follow moves to a day.
func (s *Service) follows(ctx context.Context, workspace, asset, kind string, was followed, on, today span.Date, at time.Time) (changed []*Reminder, err error) {
	var r *Reminder
	if was.Reminder != "" {
		if r, err = s.load(ctx, workspace, was.Reminder); err != nil {
			return nil, err
		}
		if !r.Pending() {
			r = nil
		}
	}
	renewed := r != nil && r.State != Scheduled && r.DueOn().Before(on)
	switch {
	case r != nil && on.IsZero():
		r.Recurring = false
		_, err = r.End(Skipped, Done{}, today, "", at)
		return []*Reminder{r}, err
	case r != nil && !renewed:
		d := r.Details
		d.DueOn = on
		if err := r.Describe(d, at); err != nil || len(r.news) == 0 {
			return nil, err
		}
		return []*Reminder{r}, nil
	case renewed:
		r.Recurring = false
		if _, err = r.End(Completed, Done{On: today}, today, "", at); err != nil {
			return nil, err
		}
		changed = append(changed, r)
	}
	if on.IsZero() {
		return changed, nil
	}
	next, err := schedule(s.NewID("rem"), workspace, asset, "", Details{Name: ends[kind], Kind: kind, DueOn: on}, at)
	return append(changed, next), err
}

// ends are the names of reminders that follow a day.
var ends = map[string]string{Registration: "Registration ends", Insurance: "Insurance ends", Warranty: "Warranty ends"}
