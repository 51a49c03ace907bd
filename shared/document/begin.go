package document

import (
	"context"
	"errors"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// purpose is that of the attachments which documents take.
const purpose = "document"

// A maker makes a new document of an owner, and what is written along with it.
type maker func(Owner) (*Document, []table.Op, error)

// Add stores a document that was handed in to somebody of the workspace.
func (s *Service) Add(ctx context.Context, actor access.Actor, o Owner, typ string, say Details, at time.Time) (*Document, error) {
	return s.begin(ctx, actor, o, func(o Owner) (*Document, []table.Op, error) {
		d, err := hand(s.NewID("doc"), actor.Workspace, o, typ, say, actor, at)
		return d, nil, err
	})
}

// Request asks an owner for a document and returns the link over which it can be
// handed in, which nobody is told again.
func (s *Service) Request(ctx context.Context, actor access.Actor, o Owner, typ string, a Asked) (*Document, Pass, error) {
	var pass Pass
	d, err := s.begin(ctx, actor, o, func(o Owner) (*Document, []table.Op, error) {
		d, err := ask(s.NewID("doc"), actor.Workspace, o, typ, a)
		if err != nil {
			return nil, nil, err
		}
		var link table.Op
		pass, link, err = s.pass(d.Workspace, o, []string{d.ID}, a.At)
		return d, []table.Op{link}, err
	})
	return d, pass, err
}

// begin stores a new document, if its owner is there: with the one to whom o leads.
func (s *Service) begin(ctx context.Context, actor access.Actor, o Owner, draft maker) (*Document, error) {
	d, also, err := draft(o)
	if err != nil {
		return nil, err
	}
	nobody := fault.New(fault.Invalid, "document.owner", "There is no such %s.", o.Type).At("owner.id")
	if s.Owners == nil {
		return nil, nobody
	}
	for try := 1; ; try++ {
		lead, there, err := s.Owners.Refer(ctx, actor, d.Owner)
		if fault.KindOf(err) == fault.NotFound {
			return nil, nobody
		}
		if err != nil {
			return nil, err
		}
		if lead != d.Owner {
			if d, also, err = draft(lead); err != nil {
				return nil, err
			}
		}
		ops, err := s.ops(ctx, actor, d)
		if err != nil {
			return nil, err
		}
		err = s.Table.Write(ctx, slices.Concat(ops, also, []table.Op{there})...)
		if _, raced := errors.AsType[*table.Conflict](err); !raced || try == tries {
			return d, err
		}
	}
}

// take returns the ops that make d's new files its own.
func (s *Service) take(ctx context.Context, d *Document) (ops []table.Op, err error) {
	for i, f := range d.Paper.Files {
		if d.was != nil && d.was.has(f.Attachment) {
			continue
		}
		none := fault.New(fault.Invalid, "document.files", "There is no such file. Upload it first and give its id: att_…").At(fileField(i))
		if s.Files == nil {
			return nil, none
		}
		op, err := s.Files.Use(ctx, d.Workspace, f.Attachment, purpose, d.ID)
		switch fault.KindOf(err) {
		case fault.NotFound:
			return nil, none
		case fault.Invalid, fault.Conflict:
			if known, ok := errors.AsType[*fault.Error](err); ok {
				return nil, known.At(fileField(i))
			}
		}
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

// refind returns the ops by which d's owner is found by d's number, and by no
// other of d any more, and what is to be noted of it.
func (s *Service) refind(ctx context.Context, actor access.Actor, d *Document) (ops []table.Op, err error) {
	is, old := plain(d.Paper.Number), ""
	if d.was != nil {
		old = plain(d.was.Paper.Number)
	}
	if s.Finder == nil || d.Owner.Type != "person" || is == old {
		return nil, nil
	}
	if old != "" {
		ops = append(ops, s.Finder.Lost(d.Workspace, d.Type, old, d.ID))
	}
	if is == "" {
		return ops, nil
	}
	noted, err := s.Finder.Warn(ctx, actor, d.Owner.ID, d.Type, is, d.Updated)
	return slices.Concat(ops, []table.Op{s.Finder.Found(d.Workspace, d.Owner.ID, d.Type, is, d.ID)}, noted), err
}

func (d *Document) has(attachment string) bool {
	is := func(f File) bool { return f.Attachment == attachment }
	return slices.ContainsFunc(d.Paper.Files, is) ||
		slices.ContainsFunc(d.Before, func(b Submission) bool { return slices.ContainsFunc(b.Files, is) })
}
