package attachment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/blob"
	"motorpool/shared/table"
)

// Make stores a file that we made ourselves, and returns its id and the op that
// makes it owner's: exports, reports. A file whose op is never written is lost.
func (s *Service) Make(ctx context.Context, workspace string, d Draft, body []byte, owner string, at time.Time) (string, table.Op, error) {
	sum := sha256.Sum256(body)
	a := &Attachment{
		ID: s.NewID("att"), Workspace: workspace, Purpose: d.Purpose, Name: harmless(d.Name, d.Type), Type: d.Type, Size: int64(len(body)),
		State: Ready, SHA256: hex.EncodeToString(sum[:]), Owner: owner, By: access.System(workspace), Created: at, Expires: at, Completed: at,
	}
	op, err := a.put(at)
	if err == nil {
		err = s.store(ctx, a, files{whole: body})
	}
	return a.ID, op, err
}

// Copy stores the files of a ready attachment once more, and returns the id of the
// new one and the op that makes it owner's. If that is never written, the sweep
// takes the files away. It asks for no permission.
func (s *Service) Copy(ctx context.Context, by access.Actor, id, owner string, at time.Time) (string, table.Op, error) {
	a, err := s.load(ctx, by.Workspace, id)
	if err == nil && a.State != Ready {
		err = noSuch()
	}
	if err != nil {
		return "", table.Op{}, err
	}
	b := *a
	b.ID, b.Owner, b.By, b.Created, b.Expires, b.Completed, b.Version = s.NewID("att"), "", by, at, at, at, 0
	sizes := []int{Whole}
	if a.Drawn {
		sizes = append(sizes, Small, Medium, Large)
	}
	for _, size := range sizes {
		if err := s.again(ctx, fileKey(a.Workspace, a.ID, size), fileKey(b.Workspace, b.ID, size)); err != nil {
			return "", table.Op{}, err
		}
	}
	loose, err := b.put(at.Add(looseLasts))
	if err == nil {
		err = s.Table.Write(ctx, loose)
	}
	if err != nil {
		return "", table.Op{}, err
	}
	b.Owner, b.Version = owner, 1
	op, err := b.put(time.Time{})
	return b.ID, op, err
}

// again writes the bytes of one file to another.
func (s *Service) again(ctx context.Context, from, to blob.Key) error {
	f, info, err := s.Files.Open(ctx, from)
	if err != nil {
		return err
	}
	return errors.Join(s.Files.Put(ctx, to, info, f), f.Close())
}

// Lend stores a file that we made ourselves and nobody owns: the sweep takes it
// away at until, or an hour after Release by nobody. It is never in memory whole.
// d.Size is exactly how many bytes body has.
func (s *Service) Lend(ctx context.Context, workspace string, d Draft, body io.Reader, until, at time.Time) (string, error) {
	a := &Attachment{
		ID: s.NewID("att"), Workspace: workspace, Purpose: d.Purpose, Name: harmless(d.Name, d.Type), Type: d.Type, Size: d.Size,
		State: Ready, By: access.System(workspace), Created: at, Expires: at, Completed: at,
	}
	sum := sha256.New()
	key := fileKey(workspace, a.ID, Whole)
	if err := s.Files.Put(ctx, key, blob.Info{Type: a.Type, Size: a.Size}, io.TeeReader(body, sum)); err != nil {
		return "", err
	}
	a.SHA256 = hex.EncodeToString(sum.Sum(nil))
	op, err := a.put(until)
	if err == nil {
		err = s.Table.Write(ctx, op)
	}
	if err != nil {
		return "", errors.Join(err, s.Files.Delete(ctx, key))
	}
	return a.ID, nil
}
