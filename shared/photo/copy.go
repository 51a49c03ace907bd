package photo

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/table"
)

// atOnce is how many photos are copied at the same time: a bucket answers each
// of a photo's files in tens of milliseconds.
const atOnce = 5

// Copy stores an asset's photos once more for one that is being made, and returns
// its cover and the ops to be written along with what makes it; none where there
// are no photos.
func (s *Service) Copy(ctx context.Context, actor access.Actor, from, to string, at time.Time) (cover string, ops []table.Op, err error) {
	a, err := s.load(ctx, actor.Workspace, from)
	if err != nil || len(a.Photos) == 0 {
		return "", nil, err
	}
	ids, uses := make([]string, len(a.Photos)), make([]table.Op, len(a.Photos))
	var all errgroup.Group
	all.SetLimit(atOnce)
	for i, p := range a.Photos {
		all.Go(func() (err error) {
			ids[i], uses[i], err = s.Files.Copy(ctx, actor, p.ID, to, at)
			return err
		})
	}
	if err := all.Wait(); err != nil {
		return "", nil, err
	}
	b := &Album{Asset: to, Workspace: actor.Workspace}
	was := b.Object()
	b.Photos = slices.Clone(a.Photos)
	b.changed(at)
	for i := range b.Photos {
		p := &b.Photos[i]
		p.ID, p.By, p.Added = ids[i], actor, at
		b.news = append(b.news, events.AssetPhotoAdded{Object: b.object(i)})
	}
	ops, err = s.ops(ctx, actor, b, was, at)
	return b.Cover(), append(ops, uses...), err
}
