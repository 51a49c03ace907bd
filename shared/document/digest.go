package document

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/table"
)

// maxLines is how many lines a digest of the staff has; of more it says how many.
const maxLines = 200

// digest writes to the first of the staff for whom lines wait, all of them in one
// letter, and orders the next. The letter and the line up to which it goes are
// one write, so what is left behind by a process that ended is not told again.
func (s *Service) digest(ctx context.Context, j job, at time.Time) error {
	first, err := s.Table.Query(ctx, table.Query{PK: staffPK(j.Workspace), Limit: 1})
	if err != nil || len(first.Items) == 0 {
		return err
	}
	reader, _, _ := strings.Cut(first.Items[0].Key.SK, "#")
	lines, err := s.waiting(ctx, j.Workspace, reader)
	if err != nil {
		return err
	}
	var upto string
	done, err := s.stored(ctx, staffedKey(j.Workspace, reader), &upto)
	if err != nil {
		return err
	}
	l := Letter{Staff: true, At: at}
	for _, it := range lines {
		if it.Key.SK <= upto {
			continue
		}
		var w waiting
		if err := json.Unmarshal(it.Doc, &w); err != nil {
			return err
		}
		l.To = w.To
		room := min(len(w.Lines), maxLines-len(l.Lines))
		l.Lines, l.More = append(l.Lines, w.Lines[:room]...), l.More+len(w.Lines)-room
	}
	if len(l.Lines) > 0 {
		if err := s.send(ctx, j.Workspace, reader, l, lines[len(lines)-1].Key.SK, done); err != nil {
			return err
		}
	}
	if err := s.clear(ctx, lines); err != nil {
		return err
	}
	return s.enqueue(ctx, job{Kind: JobKind, Workspace: j.Workspace, Staff: true})
}

// waiting is every line that waits for a reader.
func (s *Service) waiting(ctx context.Context, workspace, reader string) (all []table.Item, err error) {
	q := table.Query{PK: staffPK(workspace), Prefix: reader + "#", Limit: table.MaxPage}
	for {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if q.After = page.Next; q.After == "" {
			return all, nil
		}
	}
}

// send writes a digest and notes the line up to which it goes.
func (s *Service) send(ctx context.Context, workspace, reader string, l Letter, upto string, version int64) error {
	var ops []table.Op
	if s.Letters != nil {
		op, err := s.Letters.Write(ctx, workspace, l)
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	doc, err := json.Marshal(upto)
	if err != nil {
		return err
	}
	return s.Table.Write(ctx, append(ops, table.Put(table.Item{Key: staffedKey(workspace, reader), Version: version, Doc: doc}))...)
}

// clear removes lines that were told. Somebody else may have removed some.
func (s *Service) clear(ctx context.Context, lines []table.Item) error {
	for _, it := range lines {
		err := s.Table.Write(ctx, table.Delete(it.Key, it.Version))
		if _, gone := errors.AsType[*table.Conflict](err); err != nil && !gone {
			return err
		}
	}
	return nil
}

// Log returns a page of the digests that were told, newest first, as far as the
// actor may see whose papers they are about.
func (s *Service) Log(ctx context.Context, actor access.Actor, cursor string, limit int) ([]Told, string, error) {
	q := table.Query{PK: logPK(actor.Workspace), Reverse: true, Limit: limit, After: cursor}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (t Told, _ bool, err error) {
		if err = json.Unmarshal(it.Doc, &t); err != nil {
			return t, false, err
		}
		seen, err := s.sees(ctx, actor, t.Owner)
		return t, seen, err
	})
}
