package document

import (
	"context"
	"errors"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// A Paper is one document whole, as whoever it is about may have it.
type Paper struct {
	ID       string       `json:"id"`
	Type     string       `json:"type"`
	State    State        `json:"state"`
	Asked    Asked        `json:"asked,omitzero"`
	Paper    Submission   `json:"paper,omitzero"`
	Before   []Submission `json:"before,omitempty"`
	Created  time.Time    `json:"created_at"`
	Updated  time.Time    `json:"updated_at"`
	FilesURL []string     `json:"files_url,omitempty"` // where the files can be read for some minutes
}

// Papers returns every document under one identifier of an owner, whole.
func (s *Service) Papers(ctx context.Context, workspace, owner string) (all []Paper, err error) {
	err = s.each(ctx, workspace, owner, func(d *Document) error {
		p := Paper{ID: d.ID, Type: d.Type, State: d.State, Asked: d.Asked, Paper: d.Paper, Before: d.Before, Created: d.Created, Updated: d.Updated}
		for _, f := range d.files() {
			if s.Files == nil {
				continue
			}
			url, err := s.Files.Link(ctx, workspace, f, 0)
			if err != nil && fault.KindOf(err) != fault.NotFound {
				return err
			}
			if err == nil {
				p.FilesURL = append(p.FilesURL, url)
			}
		}
		all = append(all, p)
		return nil
	})
	return all, err
}

// each does something with every document under an identifier, however many.
func (s *Service) each(ctx context.Context, workspace, owner string, do func(*Document) error) error {
	q := table.Query{PK: ownerPK(workspace, owner), Limit: 100}
	for {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return err
		}
		for _, it := range page.Items {
			d, err := s.pointed(ctx, workspace, it)
			if err != nil {
				return err
			}
			if d == nil {
				continue
			}
			if err := do(d); err != nil {
				return err
			}
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

// files are all attachments of d, earlier ones too.
func (d *Document) files() (all []string) {
	for _, p := range append([]Submission{d.Paper}, d.Before...) {
		for _, f := range p.Files {
			if !slices.Contains(all, f.Attachment) {
				all = append(all, f.Attachment)
			}
		}
	}
	return all
}

// Filed is a file of a document.
type Filed struct{ Document, Attachment string }

// Filed returns the files of every document under one identifier of an owner,
// those of earlier papers too.
func (s *Service) Filed(ctx context.Context, workspace, owner string) (all []Filed, err error) {
	err = s.each(ctx, workspace, owner, func(d *Document) error {
		for _, id := range d.files() {
			all = append(all, Filed{d.ID, id})
		}
		return nil
	})
	return all, err
}

// Refers reports whether there are documents of an owner.
func (s *Service) Refers(ctx context.Context, workspace, owner string) (bool, error) {
	page, err := s.Table.Query(ctx, table.Query{PK: ownerPK(workspace, owner), Limit: 1})
	return err == nil && len(page.Items) > 0, err
}

// Erase removes every document under an identifier, with its files, and the log
// of what its owner was told. Events and audit entries stay: they hold nothing
// personal. It is asked again after an interruption, and goes on.
func (s *Service) Erase(ctx context.Context, actor access.Actor, owner string, at time.Time) error {
	err := s.each(ctx, actor.Workspace, owner, func(d *Document) error { return s.erase(ctx, actor, d, at) })
	if err != nil {
		return err
	}
	k := sentKey(actor.Workspace, owner)
	it, err := s.Table.Get(ctx, k)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return s.Table.Write(ctx, table.Delete(k, it.Version))
}

func (s *Service) erase(ctx context.Context, actor access.Actor, d *Document, at time.Time) error {
	for _, f := range d.files() {
		if err := s.release(ctx, d, f); err != nil {
			return err
		}
	}
	note, err := s.Audit.Op(documentPK(d.Workspace, d.ID), actor, "document.erased", audit.Object{Type: "document", ID: d.ID, Name: d.Type}, nil, at)
	if err != nil {
		return err
	}
	ops := []table.Op{table.Delete(documentKey(d.Workspace, d.ID), d.Version), note}
	ops = append(ops, repoint(d, nil)...)
	if n := plain(d.Paper.Number); n != "" && s.Finder != nil && d.Owner.Type == "person" {
		ops = append(ops, s.Finder.Lost(d.Workspace, d.Type, n, d.ID))
	}
	return s.Table.Write(ctx, ops...)
}

// release lets go of one file; one that is gone or was let go of already is not missed.
func (s *Service) release(ctx context.Context, d *Document, attachment string) error {
	if s.Files == nil {
		return nil
	}
	op, err := s.Files.Release(ctx, d.Workspace, attachment, d.ID)
	if k := fault.KindOf(err); k == fault.NotFound || k == fault.Conflict {
		return nil
	}
	if err != nil {
		return err
	}
	err = s.Table.Write(ctx, op)
	if _, raced := errors.AsType[*table.Conflict](err); raced {
		return fault.New(fault.Conflict, "document.busy", "Somebody is changing this document. Try again.").Because(err)
	}
	return err
}

// A Number is that of a person's document, by which they are known again.
type Number struct{ Type, Text, Document string }

// Numbers returns the numbers of the documents under an identifier.
func (s *Service) Numbers(ctx context.Context, workspace, owner string) (all []Number, err error) {
	docs, err := s.Of(ctx, access.System(workspace), owner)
	for _, d := range docs {
		if n := plain(d.Paper.Number); n != "" {
			all = append(all, Number{d.Type, n, d.ID})
		}
	}
	return all, err
}
