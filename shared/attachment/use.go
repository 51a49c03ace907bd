package attachment

import (
	"context"
	"io"
	"time"

	"motorpool/shared/blob"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Attachment returns the one with this id. Another workspace's is not found.
func (s *Service) Attachment(ctx context.Context, workspace, id string) (*Attachment, error) {
	return s.load(ctx, workspace, id)
}

// Use returns the op by which a ready attachment becomes by's: write it along
// with what names the attachment. It is fault.Invalid if there is no such
// attachment, it is not ready, or for another purpose; fault.Conflict if it is
// somebody else's. For the one whose it is already it is a check.
func (s *Service) Use(ctx context.Context, workspace, id, purpose, by string) (table.Op, error) {
	a, err := s.load(ctx, workspace, id)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return table.Op{}, fault.New(fault.Invalid, "attachment.not_found", "There is no such attachment. Upload the file: POST /v1/uploads.")
	case err != nil:
		return table.Op{}, err
	case string(a.Purpose) != purpose:
		return table.Op{}, fault.New(fault.Invalid, "attachment.purpose", "This file was uploaded as %s and is needed as %s. Upload it again, for that.", a.Purpose, purpose)
	case a.State == Refused:
		return table.Op{}, a.refusal()
	case a.State != Ready:
		return table.Op{}, fault.New(fault.Invalid, "attachment.waiting", "This upload is not complete: POST /v1/uploads/%s/complete.", id)
	case a.Owner == by:
		return table.Check(attachmentKey(workspace, id), a.Version), nil
	case a.Owner != "":
		return table.Op{}, fault.New(fault.Conflict, "attachment.used", "This file belongs to something else already. Upload it again for this.")
	}
	a.Owner = by
	return a.put(time.Time{})
}

// Release returns the op by which by lets go of an attachment. The sweep takes
// it away an hour later. What is not by's is fault.Conflict.
func (s *Service) Release(ctx context.Context, workspace, id, by string) (table.Op, error) {
	a, err := s.load(ctx, workspace, id)
	if err != nil {
		return table.Op{}, err
	}
	if a.Owner != by {
		return table.Op{}, fault.New(fault.Conflict, "attachment.used", "This file belongs to something else.")
	}
	a.Owner = ""
	return a.put(s.Now().Add(grace))
}

// Links work for at least linkLasts, and for twice as long at the most: whoever
// asks again within that time may get the same one, which a browser remembers.
const linkLasts = 5 * time.Minute

// Link returns an address at which anybody can read an attachment for some
// minutes. A rendition is 320, 1024 or 2048 and shown in the page; 0 is the file
// itself, which a browser saves and never opens. For a rendition nothing is
// read: whether there is one is for the caller to know, from Drawn.
func (s *Service) Link(ctx context.Context, workspace, id string, rendition int) (string, error) {
	until := s.Now().Truncate(linkLasts).Add(2 * linkLasts)
	switch rendition {
	case Small, Medium, Large:
		return s.Files.Link(ctx, fileKey(workspace, id, rendition), blob.Show{Inline: true}, until)
	case Whole:
	default:
		return "", fault.New(fault.Invalid, "attachment.rendition", "There are renditions of 320, 1024 and 2048 pixels.")
	}
	a, err := s.load(ctx, workspace, id)
	if err == nil && a.State != Ready {
		err = noSuch()
	}
	if err != nil {
		return "", err
	}
	return s.Files.Link(ctx, fileKey(workspace, id, Whole), blob.Show{Name: a.Name}, until)
}

// LinkUntil returns an address at which anybody can read an attachment until
// then: a day at most, as stores have it.
func (s *Service) LinkUntil(ctx context.Context, workspace, id string, until time.Time) (string, error) {
	a, err := s.load(ctx, workspace, id)
	if err == nil && a.State != Ready {
		err = noSuch()
	}
	if err != nil {
		return "", err
	}
	return s.Files.Link(ctx, fileKey(workspace, id, Whole), blob.Show{Name: a.Name}, until)
}

// Open returns the bytes of a ready attachment. Whoever opens it closes it.
func (s *Service) Open(ctx context.Context, workspace, id string) (io.ReadCloser, *Attachment, error) {
	a, err := s.load(ctx, workspace, id)
	if err != nil {
		return nil, nil, err
	}
	if a.State != Ready {
		return nil, nil, noSuch()
	}
	f, _, err := s.Files.Open(ctx, fileKey(workspace, id, Whole))
	return f, a, err
}

// Bytes returns what is kept of an attachment that is known to be ready, and how
// many bytes they are: of a picture that was drawn anew, other than came. The item
// is not read. Whoever opens it closes it.
func (s *Service) Bytes(ctx context.Context, workspace, id string) (io.ReadCloser, int64, error) {
	f, info, err := s.Files.Open(ctx, fileKey(workspace, id, Whole))
	return f, info.Size, err
}

// Measures returns the pixels of a ready picture, upright; zero of what is none.
func (s *Service) Measures(ctx context.Context, workspace, id string) (width, height int, err error) {
	a, err := s.load(ctx, workspace, id)
	if err != nil {
		return 0, 0, err
	}
	return a.Width, a.Height, nil
}
