package app

import (
	"context"
	"io"
	"time"

	"motorpool/shared/attachment"
	"motorpool/shared/fault"
)

// wireFiles gives the nouns that keep files where to keep them. Where nothing is
// uploaded they say so themselves.
func (a *App) wireFiles(p Ports) {
	if p.Files == nil {
		return
	}
	a.Inspections.Files = Filed(a.Attachments)
	a.Issues.Attachments = a.Attachments
	a.Expenses.Files = a.Attachments
	a.Insurance.Files = a.Attachments
	a.Workspaces.Files = a.Attachments
	a.People.Blobs = shelf{a.Attachments}
}

// shelf keeps the exports of people.
type shelf struct{ attachments *attachment.Service }

func (s shelf) Open(ctx context.Context, workspace, id string) (io.ReadCloser, string, int64, error) {
	a, err := s.attachments.Attachment(ctx, workspace, id)
	if err != nil {
		return nil, "", 0, err
	}
	r, size, err := s.attachments.Bytes(ctx, workspace, id)
	return r, a.Name, size, err
}

func (s shelf) Lend(ctx context.Context, workspace, name string, size int64, body io.Reader, until, at time.Time) (string, error) {
	return s.attachments.Lend(ctx, workspace, attachment.Draft{Purpose: attachment.Export, Name: name, Type: attachment.ZIP, Size: size}, body, until, at)
}

func (s shelf) LinkUntil(ctx context.Context, workspace, id string, until time.Time) (string, error) {
	return s.attachments.LinkUntil(ctx, workspace, id, until)
}

func (s shelf) Return(ctx context.Context, workspace, id string) error {
	op, err := s.attachments.Release(ctx, workspace, id, "")
	if err == nil {
		err = s.attachments.Table.Write(ctx, op)
	}
	if k := fault.KindOf(err); k == fault.NotFound || k == fault.Conflict {
		return nil // it is gone, or going
	}
	return err
}
