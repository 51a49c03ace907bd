package importing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/blob"
	"motorpool/shared/fault"
	"motorpool/shared/sheet"
	"motorpool/shared/table"
)

// RunJob reads a file, or does one page of its rows and orders the next. A
// message that comes twice, or too late, does no harm.
func (s *Service) RunJob(ctx context.Context, body json.RawMessage, at time.Time) error {
	var j job
	if err := json.Unmarshal(body, &j); err != nil {
		return fault.New(fault.Invalid, "import.job", "This is not a job.").Because(err)
	}
	i, err := s.load(ctx, j.Workspace, j.Import)
	if fault.KindOf(err) == fault.NotFound {
		return nil // it was ordered ahead of a change that was not made
	}
	if err != nil {
		return err
	}
	switch {
	case i.Run != j.Run || !i.State.Working():
		return nil
	case i.State == Reading:
		err = s.read(ctx, i, at)
	case i.State == Cancelling:
		err = s.stop(ctx, i, at)
	default:
		err = s.page(ctx, i, at)
	}
	if overtaken(err, i) {
		return nil // another message does the same work, or it was cancelled
	}
	return err
}

const (
	pageRows  = 200       // rows in a page
	pageBytes = 512 << 10 // of their cells
	samples   = 3         // rows that are shown for each column
)

// page is some rows of a file as they were read.
type page struct {
	Rows []sheet.Row `json:"rows"`
}

// read takes the file apart into pages, which any later job reads alone. Doing
// it again writes the same.
func (s *Service) read(ctx context.Context, i *Import, at time.Time) error {
	file, err := s.bytes(ctx, i)
	if err == nil {
		err = s.split(ctx, i, file)
	}
	if f, ok := errors.AsType[*fault.Error](err); ok && (f.Kind == fault.Invalid || f.Kind == fault.TooLarge || f.Kind == fault.NotFound) {
		i.fail(f.Code, f.Message, at)
		return s.save(ctx, i)
	}
	if err != nil {
		return err
	}
	known, _, err := s.names(ctx, i.Workspace, i.Kind)
	if err != nil {
		return err
	}
	i.Mapping, i.State, i.Updated = guess(s.Targets[i.Kind], i.Header, known), Mapping, at
	return s.save(ctx, i)
}

// bytes reads the file whole: it is not larger than the limits, and both ends of
// an XLSX are needed at once.
func (s *Service) bytes(ctx context.Context, i *Import) ([]byte, error) {
	r, name, err := s.Files.Open(ctx, i.Workspace, i.File)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	i.Name = name
	return io.ReadAll(io.LimitReader(r, int64(Limits.Bytes)+1))
}

func (s *Service) split(ctx context.Context, i *Import, file []byte) error {
	t, err := sheet.Open(file, Limits)
	if err != nil {
		return err
	}
	i.Format, i.Header, i.Ignored, i.Total, i.Pages, i.Samples = t.Format, t.Header, t.Ignored, 0, 0, nil
	for p, size := (page{}), 0; ; {
		r, err := t.Next()
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return err
		}
		if !last {
			if i.Total++; len(i.Samples) < samples {
				i.Samples = append(i.Samples, shorten(r.Cells))
			}
			p.Rows = append(p.Rows, r)
			for _, c := range r.Cells {
				size += len(c)
			}
		}
		if len(p.Rows) == pageRows || size >= pageBytes || last && len(p.Rows) > 0 {
			if err := s.write(ctx, i, pageName(i.Pages), p); err != nil {
				return err
			}
			p, size, i.Pages = page{}, 0, i.Pages+1
		}
		if last {
			break
		}
	}
	if i.Total == 0 {
		return fault.New(fault.Invalid, "sheet.no_rows", "The file has a header and no rows.")
	}
	return nil
}

// shorten bounds what is shown of a row.
func shorten(cells []string) []string {
	out := make([]string, len(cells))
	for n, c := range cells {
		if out[n] = c; len(c) > 80 {
			out[n] = string([]rune(c)[:min(len([]rune(c)), 60)]) + "…"
		}
	}
	return out
}

// write stores what a job has made, unless one before it has done so already.
func (s *Service) write(ctx context.Context, i *Import, name string, v any) error {
	doc, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.keep(ctx, i, name, "application/json", doc)
}

func (s *Service) keep(ctx context.Context, i *Import, name, typ string, doc []byte) error {
	err := s.Blobs.Put(ctx, i.file(name), blob.Info{Type: typ, Size: int64(len(doc))}, bytes.NewReader(doc))
	if fault.CodeOf(err) == "blob.exists" {
		return nil
	}
	return err
}

func (s *Service) fetch(ctx context.Context, i *Import, name string, v any) error {
	r, _, err := s.Blobs.Open(ctx, i.file(name))
	if err != nil {
		return err
	}
	defer r.Close()
	return json.NewDecoder(r).Decode(v)
}

// rights is who does the work: whoever began it, with what they may do now.
func (s *Service) rights(ctx context.Context, i *Import, at time.Time) (access.Actor, error) {
	actor, err := s.Rights.Now(ctx, i.Workspace, i.By, at)
	if err == nil && !actor.May(s.Targets[i.Kind].Grant()) {
		err = fault.New(fault.Denied, "import.denied", "%s may no longer do this.", i.By.Name)
	}
	actor.Request = i.ID // so that the audit log names the import with each change
	return actor, err
}

// page does the next page.
func (s *Service) page(ctx context.Context, i *Import, at time.Time) error {
	actor, err := s.rights(ctx, i, at)
	if k := fault.KindOf(err); err != nil && (k == fault.Denied || k == fault.NotFound || k == fault.Unauthenticated) {
		i.fail("import.denied", "Whoever began this import may no longer do it. Somebody who may can begin it again.", at)
		return s.save(ctx, i)
	}
	if err != nil {
		return err
	}
	var p page
	if err := s.fetch(ctx, i, pageName(i.Next), &p); err != nil {
		return err
	}
	twice, err := s.twice(ctx, i)
	if err != nil {
		return err
	}
	taker, err := s.Targets[i.Kind].Begin(ctx, actor, i.State == Checking, at)
	if err != nil {
		return err
	}
	w := &worker{Service: s, i: i, taker: taker, twice: twice, at: at}
	counts, err := w.all(ctx, p.Rows)
	if err != nil {
		return err
	}
	return s.advance(ctx, i, actor, counts, len(p.Rows), at)
}

// advance counts a page that was done, once: if i was changed meanwhile it is
// counted only if that page has not been.
func (s *Service) advance(ctx context.Context, i *Import, actor access.Actor, counts Counts, rows int, at time.Time) error {
	for try := 1; ; try++ {
		next := i.Next
		i.Counts, i.Done, i.Next, i.Updated = i.Counts.plus(counts), i.Done+rows, i.Next+1, at
		err := s.turn(ctx, i, actor, at)
		if !overtaken(err, i) || try == tries {
			return err
		}
		now, failed := s.load(ctx, i.Workspace, i.ID)
		if failed != nil {
			return failed
		}
		if now.Run != i.Run || now.Next != next || now.State != Cancelling && now.State != Cancelled {
			return nil
		}
		i = now
	}
}

// turn saves i after a page, and orders the next one or ends the run.
func (s *Service) turn(ctx context.Context, i *Import, actor access.Actor, at time.Time) error {
	if i.State == Cancelled || i.State == Cancelling || i.Next < i.Pages {
		if err := s.save(ctx, i); err != nil {
			return err
		}
		return s.enqueue(ctx, i, 0)
	}
	var also []table.Op
	if err := s.refusals(ctx, i); err != nil {
		return err
	}
	if i.State == Checking {
		i.State, i.Expected = Checked, i.Counts
		return s.save(ctx, i)
	}
	i.State = Applied
	also, err := s.told(ctx, i, actor, at)
	if err != nil {
		return err
	}
	if err := s.save(ctx, i, also...); err != nil {
		return err
	}
	return s.tidy(ctx, i)
}

// stop ends an import that was cancelled while it was applied.
func (s *Service) stop(ctx context.Context, i *Import, at time.Time) error {
	if err := s.refusals(ctx, i); err != nil {
		return err
	}
	i.State, i.Updated = Cancelled, at
	also, err := s.told(ctx, i, i.By, at)
	if err != nil {
		return err
	}
	if err := s.save(ctx, i, also...); err != nil {
		return err
	}
	return s.tidy(ctx, i)
}

// tidy removes what the pages were read from.
func (s *Service) tidy(ctx context.Context, i *Import) error {
	for n := range i.Pages {
		if err := s.Blobs.Delete(ctx, i.file(pageName(n))); err != nil {
			return err
		}
	}
	return s.Blobs.Delete(ctx, i.file(i.twiceName()))
}
