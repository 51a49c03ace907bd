package document

import (
	"context"
	"errors"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/queue"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table      table.Table
	Jobs       queue.Queue
	NewID      ident.Source
	NewToken   func() string // of upload links
	Events     *outbox.Service
	Audit      *audit.Service
	Zone       func(ctx context.Context, workspace string) (*time.Location, error)
	Here       func(ctx context.Context, workspace string) error // fault.Conflict if it has moved into another house
	BaseURL    string                                            // where people reach this product
	Owners     Owners                                            // nil while nothing owns documents
	Files      Files                                             // nil while nothing can be uploaded
	Finder     Finder                                            // nil while people are not found by numbers
	Bookings   Bookings                                          // nil while nothing is booked: everybody is told
	Letters    Letters                                           // nil while nobody writes letters: expiries are told by events alone
	Addressees Addressees                                        // needed where there are Letters
}

// Owners knows the people, companies and assets that have documents.
type Owners interface {
	// Refer returns the op that makes sure that the owner is there when it is
	// written; fault.NotFound if there is none, or the actor may not see it.
	Refer(ctx context.Context, actor access.Actor, o Owner) (table.Op, error)

	// Sees reports whether the actor may see the owner; not one that is gone.
	Sees(ctx context.Context, actor access.Actor, o Owner) (bool, error)
}

// Files keeps what was uploaded. An attachment has one owner.
type Files interface {
	// Use returns the op by which a ready attachment becomes the document's;
	// fault.Invalid if it is not there, not ready, or somebody else's.
	Use(ctx context.Context, workspace, id, by string) (table.Op, error)

	// Keep stores what came over an upload link, if it is what it may be (an
	// image or a PDF), and returns the attachment's id.
	Keep(ctx context.Context, workspace, name string, content []byte) (id string, err error)

	// Link returns an address at which the attachment can be read for some minutes.
	Link(ctx context.Context, workspace, id string) (string, error)
}

// Finder lets people be found by the numbers of their documents.
type Finder interface {
	// Found returns the op by which a person is found by a document's number.
	Found(workspace, person, typ, number, document string) table.Op
	// Lost returns the op that undoes Found.
	Lost(workspace, typ, number, document string) table.Op
}

// Bookings knows who has a booking now.
type Bookings interface {
	// Live reports whether a person or company is on a booking that is
	// requested, confirmed, active or paused.
	Live(ctx context.Context, workspace string, o Owner) (bool, error)
}

// tries is how often a change is made again on what somebody else has just changed.
const tries = 8

func (s *Service) sees(ctx context.Context, actor access.Actor, o Owner) (bool, error) {
	if s.Owners == nil || actor.Kind == "system" {
		return true, nil
	}
	return s.Owners.Sees(ctx, actor, o)
}

func (s *Service) today(ctx context.Context, workspace string, at time.Time) (span.Date, error) {
	zone, err := s.Zone(ctx, workspace)
	if err != nil {
		return span.Date{}, err
	}
	return span.DateOf(at.In(zone)), nil
}

// Today is the day that it is in a workspace.
func (s *Service) Today(ctx context.Context, workspace string, at time.Time) (span.Date, error) {
	return s.today(ctx, workspace, at)
}

// Document returns the document with this id.
func (s *Service) Document(ctx context.Context, actor access.Actor, id string) (*Document, error) {
	return s.load(ctx, actor, id)
}

// Add stores a document that was handed in to somebody of the workspace.
func (s *Service) Add(ctx context.Context, actor access.Actor, o Owner, typ string, say Details, at time.Time) (*Document, error) {
	d, err := hand(s.NewID("doc"), actor.Workspace, o, typ, say, actor, at)
	if err != nil {
		return nil, err
	}
	return d, s.begin(ctx, actor, d)
}

// Request asks an owner for a document and returns the link over which it can be
// handed in, which nobody is told again.
func (s *Service) Request(ctx context.Context, actor access.Actor, o Owner, typ string, a Asked) (*Document, Pass, error) {
	d, err := ask(s.NewID("doc"), actor.Workspace, o, typ, a)
	if err != nil {
		return nil, Pass{}, err
	}
	pass, link, err := s.pass(d.Workspace, o, []string{d.ID}, a.At)
	if err != nil {
		return nil, Pass{}, err
	}
	return d, pass, s.begin(ctx, actor, d, link)
}

// begin stores a new document, if its owner is there.
func (s *Service) begin(ctx context.Context, actor access.Actor, d *Document, also ...table.Op) error {
	nobody := fault.New(fault.Invalid, "document.owner", "There is no such %s.", d.Owner.Type).At("owner.id")
	if s.Owners == nil {
		return nobody
	}
	for try := 1; ; try++ {
		there, err := s.Owners.Refer(ctx, actor, d.Owner)
		if fault.KindOf(err) == fault.NotFound {
			return nobody
		}
		if err != nil {
			return err
		}
		ops, err := s.ops(ctx, actor, d)
		if err != nil {
			return err
		}
		err = s.Table.Write(ctx, slices.Concat(ops, also, []table.Op{there})...)
		if _, raced := errors.AsType[*table.Conflict](err); !raced || try == tries {
			return err
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
		op, err := s.Files.Use(ctx, d.Workspace, f.Attachment, d.ID)
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
// other of d any more.
func (s *Service) refind(d *Document) (ops []table.Op) {
	is, old := plain(d.Paper.Number), ""
	if d.was != nil {
		old = plain(d.was.Paper.Number)
	}
	if s.Finder == nil || d.Owner.Type != "person" || is == old {
		return nil
	}
	if old != "" {
		ops = append(ops, s.Finder.Lost(d.Workspace, d.Type, old, d.ID))
	}
	if is != "" {
		ops = append(ops, s.Finder.Found(d.Workspace, d.Owner.ID, d.Type, is, d.ID))
	}
	return ops
}

func (d *Document) has(attachment string) bool {
	is := func(f File) bool { return f.Attachment == attachment }
	return slices.ContainsFunc(d.Paper.Files, is) ||
		slices.ContainsFunc(d.Before, func(b Submission) bool { return slices.ContainsFunc(b.Files, is) })
}

// Ask asks for a document again and returns a new link.
func (s *Service) Ask(ctx context.Context, actor access.Actor, id string, a Asked, ifVersion int64) (*Document, Pass, error) {
	var pass Pass
	d, err := s.change(ctx, actor, id, ifVersion, func(d *Document) ([]table.Op, error) {
		if err := d.Ask(a); err != nil {
			return nil, err
		}
		var link table.Op
		var err error
		pass, link, err = s.pass(d.Workspace, d.Owner, []string{d.ID}, a.At)
		return []table.Op{link}, err
	})
	return d, pass, err
}

// Submit hands a document in anew. The function is given what it said before.
func (s *Service) Submit(ctx context.Context, actor access.Actor, id string, edit func(*Details) error, ifVersion int64, at time.Time) (*Document, error) {
	return s.change(ctx, actor, id, ifVersion, func(d *Document) ([]table.Op, error) {
		say := d.Paper.Details
		say.Files = slices.Clone(say.Files)
		if err := edit(&say); err != nil {
			return nil, err
		}
		return nil, d.Submit(say, actor, at)
	})
}

// Verify says that the actor has looked at a document and it is good.
func (s *Service) Verify(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Document, error) {
	today, err := s.today(ctx, actor.Workspace, at)
	if err != nil {
		return nil, err
	}
	return s.change(ctx, actor, id, ifVersion, func(d *Document) ([]table.Op, error) { return nil, d.Verify(actor, today, at) })
}

// Reject says that the actor has looked at a document and it will not do.
func (s *Service) Reject(ctx context.Context, actor access.Actor, id, reason string, ifVersion int64, at time.Time) (*Document, error) {
	return s.change(ctx, actor, id, ifVersion, func(d *Document) ([]table.Op, error) { return nil, d.Reject(actor, reason, at) })
}

// change loads a document, lets verb change it, and stores it with the ops that
// verb returns.
func (s *Service) change(ctx context.Context, actor access.Actor, id string, ifVersion int64, verb func(*Document) ([]table.Op, error)) (*Document, error) {
	for try := 1; ; try++ {
		d, err := s.load(ctx, actor, id)
		if err != nil {
			return nil, err
		}
		if ifVersion != 0 && ifVersion != d.Version {
			return nil, fault.New(fault.Stale, "document.stale", "This document has changed: it is at version %d, not %d. Load it again and decide anew.", d.Version, ifVersion)
		}
		also, err := verb(d)
		if err != nil {
			return nil, err
		}
		ops, err := s.ops(ctx, actor, d)
		if err != nil || len(ops) == 0 {
			return d, err
		}
		err = s.Table.Write(ctx, append(ops, also...)...)
		if err == nil {
			return d, nil
		}
		if _, raced := errors.AsType[*table.Conflict](err); !raced || try == tries {
			return nil, err
		}
	}
}

// File returns an address at which one of a document's files can be read for
// some minutes, earlier ones too.
func (s *Service) File(ctx context.Context, actor access.Actor, id, attachment string) (string, error) {
	d, err := s.load(ctx, actor, id)
	if err != nil {
		return "", err
	}
	if !d.has(attachment) || s.Files == nil {
		return "", fault.New(fault.NotFound, "document.no_file", "This document has no such file.")
	}
	return s.Files.Link(ctx, actor.Workspace, attachment)
}

// History returns a page of what was done to a document, newest first. It never
// says what identifies a person.
func (s *Service) History(ctx context.Context, actor access.Actor, id, cursor string, limit int) ([]audit.Entry, string, error) {
	if _, err := s.load(ctx, actor, id); err != nil {
		return nil, "", err
	}
	return s.Audit.Of(ctx, actor.Workspace, documentPK(actor.Workspace, id), cursor, limit)
}
