package inspection

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/table"
)

// Completion is what is said when an inspection is completed.
type Completion struct {
	CompletedAt     time.Time `json:"completed_at,omitzero" doc:"As the device says; now, unless you say otherwise"`
	ConfirmOdometer bool      `json:"confirm_odometer,omitempty" doc:"You have looked twice: the odometer really has jumped"`
	ClusterReplaced bool      `json:"cluster_replaced,omitempty" doc:"The odometer was replaced and begins anew. Needs care.manage and a note at the field"`
}

// maxIssues is how many issues one inspection raises. What fails beyond that is
// said together in the last.
const maxIssues = 10

// Complete ends an inspection, for good. Together with it are written the
// reading of its odometer field and an issue for each check that failed and is
// to raise one. Its report is made next; who cannot wait for it asks Print.
func (s *Service) Complete(ctx context.Context, actor access.Actor, id string, say Completion, ifVersion int64, at time.Time) (*Inspection, error) {
	i, err := s.change(ctx, actor, id, ifVersion, at, func(i *Inspection) ([]table.Op, error) {
		e, err := s.Edition(ctx, i.Workspace, i.Template, i.Edition)
		if err != nil {
			return nil, err
		}
		if err := i.complete(e, say, at); err != nil {
			return nil, err
		}
		return s.consequences(ctx, actor, i, e, say, at)
	})
	if err != nil {
		return nil, err
	}
	if printed, err := s.Print(ctx, i.Workspace, i.ID, at); err == nil {
		return printed, nil
	}
	return i, nil // what is due is tried again by Catch
}

// complete is the part of Complete that touches nothing else.
func (i *Inspection) complete(e *Edition, say Completion, at time.Time) error {
	if !slices.Contains(moves[i.State], Complete) {
		return i.move(Complete)
	}
	if err := i.missing(e); err != nil {
		return err
	}
	c := &form.Complaints{Noun: "inspection"}
	if i.Completed = instant(c, "completed_at", say.CompletedAt, at); i.Completed.Before(i.Started) {
		i.Completed = at
	}
	if i.Arrived = at; c.Err() != nil {
		return c.Err()
	}
	return i.move(Complete)
}

// consequences returns what is written along with a completed inspection.
func (s *Service) consequences(ctx context.Context, actor access.Actor, i *Inspection, e *Edition, say Completion, at time.Time) ([]table.Op, error) {
	last, version, err := s.last(ctx, i.Workspace, i.Asset)
	if err != nil {
		return nil, err
	}
	i.Before, i.Known = "", nil
	if last != nil {
		i.Before, i.Known = last.ID, last.damages()
	}
	if marks, looked := i.found(e); looked {
		i.Looked = true
		i.Damages, i.Gone = compare(marks, i.Known, i.ID, s.NewID)
	}
	hold, err := s.Vehicles.Refer(ctx, i.Workspace, i.Asset)
	if err != nil {
		return nil, err
	}
	ops := []table.Op{hold, note(i, version), s.due(i)}
	read, err := s.read(ctx, actor, i, e, say, at)
	if err != nil {
		return nil, err
	}
	raised, err := s.raise(ctx, actor, i, e, at)
	return slices.Concat(ops, read, raised), err
}

// due notes that a report is to be made.
func (s *Service) due(i *Inspection) table.Op {
	doc, _ := json.Marshal(i.ID) // a string always encodes
	return table.Put(table.Item{Key: dueKey(i.Workspace, i.ID), Doc: doc})
}

// read returns the ops that write the odometer's reading, if there is one.
func (s *Service) read(ctx context.Context, actor access.Actor, i *Inspection, e *Edition, say Completion, at time.Time) ([]table.Op, error) {
	for _, f := range e.Fields() {
		a, there := i.Answers[f.Key]
		if f.Type != Odometer || !there || a.Odometer == nil {
			continue
		}
		id, ops, err := s.Odometer.Record(ctx, actor, Reading{
			Asset: i.Asset, Inspection: i.ID, Booking: i.Booking, Value: *a.Odometer, ReadAt: a.Captured,
			Confirm: say.ConfirmOdometer, Replaced: say.ClusterReplaced, Note: a.Note,
		}, at)
		if err != nil {
			return nil, placed(err, "answers."+f.Key)
		}
		i.Reading = id
		return ops, nil
	}
	return nil, nil
}

// raise returns the ops that write an issue for each check that failed and is to
// raise one.
func (s *Service) raise(ctx context.Context, actor access.Actor, i *Inspection, e *Edition, at time.Time) (ops []table.Op, err error) {
	i.Issues = nil
	for _, issue := range i.failures(e) {
		id, more, err := s.Issues.Raise(ctx, actor, issue, at)
		if err != nil {
			return nil, err
		}
		i.Issues, ops = append(i.Issues, id), append(ops, more...)
	}
	return ops, nil
}

// failures says what failed and is to be an issue.
func (i *Inspection) failures(e *Edition) (all []Issue) {
	for _, sec := range e.Sections {
		for _, f := range sec.Fields {
			a := i.Answers[f.Key]
			if !f.IssueOnFail || a.Choice != "fail" {
				continue
			}
			failed := Issue{
				Asset: i.Asset, Inspection: i.ID, Booking: i.Booking, Title: cut(f.Label+" failed", 150), Type: cmp.Or(f.IssueType, "other"), Severity: f.Severity, ReportedBy: cut(i.Inspector.Name, 100), ReportedAt: a.Captured,
				Description: strings.TrimSpace(fmt.Sprintf("Inspection %s (%s), %s: %s failed.\n%s", i.Number, i.Name, sec.Title, f.Label, a.Note)),
			}
			for _, p := range a.Photos {
				failed.Photos = append(failed.Photos, p.File)
			}
			if len(all) < maxIssues {
				all = append(all, failed)
				continue
			}
			last := &all[maxIssues-1]
			last.Title = "Several checks failed"
			if last.Type != failed.Type {
				last.Type = "other"
			}
			last.Photos = append(last.Photos, failed.Photos...)
			last.Photos = last.Photos[:min(len(last.Photos), maxPhotos)]
			last.Description = cut(last.Description+"\n"+failed.Description, 5000)
			if slices.Index(Severities, failed.Severity) > slices.Index(Severities, last.Severity) {
				last.Severity = failed.Severity
			}
		}
	}
	return all
}

func cut(s string, runes int) string {
	if r := []rune(s); len(r) > runes {
		return string(r[:runes])
	}
	return s
}

// forget returns what is written along when an inspection is voided: its asset's
// last is the one before again, and its link lets nobody in.
func (s *Service) forget(ctx context.Context, i *Inspection, link *Link) (ops []table.Op, err error) {
	if link != nil {
		if ops, err = s.closed(ctx, link.Hash, ops); err != nil {
			return nil, err
		}
	}
	if it, err := s.Table.Get(ctx, dueKey(i.Workspace, i.ID)); err == nil {
		ops = append(ops, table.Delete(it.Key, it.Version))
	} else if fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	last, version, err := s.last(ctx, i.Workspace, i.Asset)
	if err != nil || last == nil || last.ID != i.ID {
		return ops, err
	}
	for before := i.Before; before != ""; {
		b, err := s.load(ctx, i.Workspace, before)
		if err != nil {
			return nil, err
		}
		if b.Done() {
			return append(ops, note(b, version)), nil
		}
		before = b.Before
	}
	return append(ops, table.Delete(lastKey(i.Workspace, i.Asset), version)), nil
}

// closed adds the op that closes a link, if it is still there.
func (s *Service) closed(ctx context.Context, hash string, ops []table.Op) ([]table.Op, error) {
	it, err := s.Table.Get(ctx, linkKey(hash))
	if fault.KindOf(err) == fault.NotFound {
		return ops, nil
	}
	return append(ops, table.Delete(linkKey(hash), it.Version)), err
}
