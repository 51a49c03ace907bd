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
	// Refer returns the owner to whom o leads, and the op that makes sure that
	// they are there when it is written. It returns fault.NotFound if there is
	// none, or the actor may not see it, and fault.Denied if they may only look.
	Refer(ctx context.Context, actor access.Actor, o Owner) (Owner, table.Op, error)

	// Sees reports whether the actor may see the owner's papers; nobody sees
	// those of one that is gone.
	Sees(ctx context.Context, actor access.Actor, o Owner) (bool, error)

	// Edits returns fault.Denied unless the actor may change the owner's papers.
	Edits(actor access.Actor, o Owner) error

	// Identifiers returns every identifier that leads to the owner, the present
	// one last: somebody who was merged keeps their papers under the old one.
	Identifiers(ctx context.Context, workspace string, o Owner) ([]string, error)
}

// Files keeps what was uploaded. An attachment has one owner.
type Files interface {
	// Use returns the op by which a ready attachment of a purpose becomes the
	// document's; fault.Invalid if it is not there, not ready, or somebody else's.
	Use(ctx context.Context, workspace, id, purpose, by string) (table.Op, error)

	// Release returns the op by which a document lets go of its attachment,
	// which is erased with its bytes; fault.NotFound if it is gone already, and
	// fault.Conflict if it is not the document's (any more).
	Release(ctx context.Context, workspace, id, by string) (table.Op, error)

	// Keep stores bytes that came over a form or an upload link, if they are what
	// they may be (an image or a PDF), and returns the attachment's id.
	Keep(ctx context.Context, by access.Actor, name string, content []byte, at time.Time) (id string, err error)

	// Link returns an address at which the attachment can be read for some
	// minutes: the file itself for rendition 0.
	Link(ctx context.Context, workspace, id string, rendition int) (string, error)
}

// Finder lets people be found by the numbers of their documents.
type Finder interface {
	// Found returns the op by which a person is found by a document's number.
	Found(workspace, person, typ, number, document string) table.Op
	// Lost returns the op that undoes Found.
	Lost(workspace, typ, number, document string) table.Op
	// Warn returns what is to be noted when a person shows a number that somebody
	// who is blocked has shown.
	Warn(ctx context.Context, actor access.Actor, person, typ, number string, at time.Time) ([]table.Op, error)
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
		if s.Owners != nil {
			if err := s.Owners.Edits(actor, d.Owner); err != nil {
				return nil, err
			}
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
	return s.Files.Link(ctx, actor.Workspace, attachment, 0)
}

// History returns a page of what was done to a document, newest first. It never
// says what identifies a person.
func (s *Service) History(ctx context.Context, actor access.Actor, id, cursor string, limit int) ([]audit.Entry, string, error) {
	if _, err := s.load(ctx, actor, id); err != nil {
		return nil, "", err
	}
	return s.Audit.Of(ctx, actor.Workspace, documentPK(actor.Workspace, id), cursor, limit)
}
