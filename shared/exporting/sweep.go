package exporting

import (
	"context"
	"errors"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// maxSwept is how many exports one sweep looks at; the next goes on.
const maxSwept = 200

// Sweep removes what is over: files that have been there for 24 hours, and those
// of exports that nobody finished, with all that a crash left of either. It does
// again what was broken off.
func (s *Service) Sweep(ctx context.Context, workspace string, at time.Time) error {
	if s.Blobs == nil {
		return nil
	}
	page, err := s.Table.Query(ctx, table.Query{PK: duePK(workspace), To: at.UTC().Format(dueForm) + "#~", Limit: maxSwept})
	if err != nil {
		return err
	}
	var errs []error
	for _, it := range page.Items {
		if err := s.look(ctx, workspace, it, at); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// look does what is due with one export: removes its files, or comes again later.
func (s *Service) look(ctx context.Context, workspace string, it table.Item, at time.Time) error {
	done := table.Delete(it.Key, it.Version)
	e, err := s.load(ctx, workspace, strings.Trim(string(it.Doc), `"`))
	if fault.KindOf(err) == fault.NotFound {
		return s.Table.Write(ctx, done)
	}
	if err != nil {
		return err
	}
	if later := e.until(); later.After(at) {
		return s.Table.Write(ctx, done, e.due(later))
	}
	if e.State == Running { // no message comes for it any more
		e.State, e.Reason, e.Updated = Failed, "It was not finished within a day. Export the list again.", at
		if err := s.save(ctx, e); err != nil {
			return unlessOvertaken(err, e)
		}
	}
	if err := s.drop(ctx, e); err != nil {
		return err
	}
	e.Begun, e.Parts, e.Size = nil, nil, 0
	return unlessOvertaken(s.save(ctx, e, done), e)
}

// unlessOvertaken passes over what somebody else did meanwhile: the next sweep
// looks again.
func unlessOvertaken(err error, e *Export) error {
	if overtaken(err, e) {
		return nil
	}
	return err
}

// until is when there is nothing left to wait for.
func (e *Export) until() time.Time {
	if e.State == Ready {
		return e.Expires
	}
	return e.Updated.Add(Lasts)
}
