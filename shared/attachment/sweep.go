package attachment

import (
	"context"
	"errors"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// maxSwept is how many one call of Sweep takes away of each, so that it ends in
// time; the next goes on.
const maxSwept = 500

// Sweep takes away what is due: attachments that nobody owns, a day after they
// were begun or an hour after they were let go, and bytes that arrived. It does
// again what was broken off, and nothing twice.
func (s *Service) Sweep(ctx context.Context, workspace string, at time.Time) error {
	return errors.Join(s.sweepLoose(ctx, workspace, at), s.sweepArrived(ctx, workspace, at))
}

func (s *Service) sweepLoose(ctx context.Context, workspace string, at time.Time) error {
	page, err := s.Table.Query(ctx, table.Query{PK: loosePK(workspace), Index: true, To: dueSK(at, ""), Limit: maxSwept})
	if err != nil {
		return err
	}
	var errs []error
	for _, it := range page.Items {
		errs = append(errs, s.takeAway(ctx, workspace, strings.TrimPrefix(it.Key.PK, "WS#"+workspace+"#ATT#"), it.Version))
	}
	return errors.Join(errs...)
}

// takeAway removes an attachment that nobody owned at this version: first the
// item, so that nobody can begin to own it, then its files.
func (s *Service) takeAway(ctx context.Context, workspace, id string, version int64) error {
	a, err := s.read(ctx, workspace, id)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil || a.Owner != "" || a.Version != version {
		return err
	}
	if a.State != Gone {
		a.State = Gone
		op, err := a.put(a.Created) // stays due until its files are gone
		if err == nil {
			err = s.Table.Write(ctx, op)
		}
		if err != nil {
			return ignoreClash(err)
		}
		a.Version++
	}
	keys := []int{Whole, Small, Medium, Large}
	for _, size := range keys {
		if err := s.Files.Delete(ctx, fileKey(workspace, id, size)); err != nil {
			return err
		}
	}
	if err := s.Files.Delete(ctx, arrivedKey(workspace, id)); err != nil {
		return err
	}
	return ignoreClash(s.Table.Write(ctx, table.Delete(attachmentKey(workspace, id), a.Version)))
}

// ignoreClash passes over what somebody else did meanwhile: the next sweep looks again.
func ignoreClash(err error) error {
	if _, clash := errors.AsType[*table.Conflict](err); clash {
		return nil
	}
	return err
}

// sweepArrived removes bytes that came and were completed long ago, or came
// again after that.
func (s *Service) sweepArrived(ctx context.Context, workspace string, at time.Time) error {
	page, err := s.Table.Query(ctx, table.Query{PK: uploadsPK(workspace), To: dueSK(at, ""), Limit: maxSwept})
	if err != nil {
		return err
	}
	var errs []error
	for _, it := range page.Items {
		_, id, _ := strings.Cut(it.Key.SK, "#")
		if !ident.Has("att", id) {
			continue
		}
		err := s.Files.Delete(ctx, arrivedKey(workspace, id))
		if err == nil {
			err = ignoreClash(s.Table.Write(ctx, table.Delete(it.Key, it.Version)))
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
