package person

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// maxVolume is how many bytes go into one ZIP file: a store takes no larger one
// than 100 MB. What does not fit goes into the next.
const maxVolume = 90 << 20

// RunJob makes one ZIP file of an export, and orders the next. A message that
// comes twice, or too late, does no harm.
func (s *Service) RunJob(ctx context.Context, body json.RawMessage, at time.Time) error {
	var j job
	if err := json.Unmarshal(body, &j); err != nil {
		return fault.New(fault.Invalid, "person_export.job", "This is not a job.").Because(err)
	}
	c, err := s.loadCopy(ctx, j.Workspace, j.Person, j.Copy)
	if fault.KindOf(err) == fault.NotFound {
		return nil // it was ordered ahead of a change that was not made, or they were anonymised
	}
	if err != nil || c.State != CopyRunning {
		return err
	}
	had := len(c.Files)
	err = s.volume(ctx, c, at)
	if clash, ok := errors.AsType[*table.Conflict](err); ok && clash.Key == copyKey(c.Workspace, c.Person, c.ID) {
		return s.returned(ctx, c.Workspace, c.Files[had:]) // another message does the same work, or the person is gone
	}
	return err
}

// volume makes the next ZIP file of c.
func (s *Service) volume(ctx context.Context, c *Copy, at time.Time) error {
	if err := s.still(ctx, c, at); err != nil {
		k := fault.KindOf(err)
		if k != fault.Denied && k != fault.NotFound && k != fault.Unauthenticated {
			return err
		}
		return s.stop(ctx, c, "Whoever ordered this may no longer have it.")
	}
	ids, err := s.Identifiers(ctx, c.Workspace, c.Person)
	if err != nil {
		return err
	}
	ids = ids[:slices.Index(ids, c.Person)+1]
	entries, err := s.fill(ctx, c, ids, at)
	if err != nil {
		return err
	}
	if len(entries) > 0 && entries[0].size > maxVolume {
		return s.stop(ctx, c, "More is held on this person than fits into a file.")
	}
	if len(entries) > 0 { // none, if the last files have gone meanwhile
		if err := s.lend(ctx, c, entries, at); err != nil {
			return err
		}
	}
	if c.Expires.IsZero() { // with the first file; the others last a little longer
		c.Expires = at.Add(CopyLasts)
	}
	if c.At == len(ids) {
		c.State = CopyReady
		return s.saveCopy(ctx, c)
	}
	if err := s.saveCopy(ctx, c); err != nil {
		return err
	}
	return s.enqueue(ctx, c, 0)
}

// lend stores a ZIP file of c.
func (s *Service) lend(ctx context.Context, c *Copy, entries []entry, at time.Time) error {
	size, err := zipped(io.Discard, entries, func(e entry) (io.ReadCloser, error) { return io.NopCloser(io.LimitReader(zeros{}, e.size)), nil })
	if err != nil {
		return err
	}
	from, to := io.Pipe()
	go func() {
		_, err := zipped(to, entries, func(e entry) (io.ReadCloser, error) { return e.open(ctx) })
		to.CloseWithError(err)
	}()
	name := fmt.Sprintf("%s-%d.zip", c.Person, len(c.Files)+1)
	id, err := s.Blobs.Lend(ctx, c.Workspace, name, size, from, at.Add(CopyLasts), at)
	from.CloseWithError(errors.New("person: nobody reads this export"))
	if err != nil {
		return err
	}
	c.Files = append(c.Files, CopyFile{id, name, size})
	return nil
}

// still returns a fault if who ordered c may not have it any more.
func (s *Service) still(ctx context.Context, c *Copy, at time.Time) error {
	if s.Rights == nil {
		return nil
	}
	actor, err := s.Rights.Now(ctx, c.Workspace, c.By, at)
	if err == nil && !actor.May(access.AnonymisePeople) {
		err = fault.New(fault.Denied, "access.denied", "You do not have the permission %s, which this needs.", access.AnonymisePeople)
	}
	return err
}

func (s *Service) stop(ctx context.Context, c *Copy, reason string) error {
	files := c.Files
	c.State, c.Reason, c.Files = CopyFailed, reason, nil
	if err := s.saveCopy(ctx, c); err != nil {
		return err
	}
	return s.returned(ctx, c.Workspace, files)
}

// An entry is one file in a ZIP file.
type entry struct {
	name string
	size int64
	open func(context.Context) (io.ReadCloser, error)
}

// fill takes what comes next, identifier after identifier, until a ZIP file is
// full, and notes in c where it got to.
func (s *Service) fill(ctx context.Context, c *Copy, ids []string, at time.Time) (entries []entry, err error) {
	var size int64
	fits := func(n int64) bool { return len(entries) == 0 || size+n <= s.most() }
	take := func(e entry) { entries, size = append(entries, e), size+e.size }
	for ; c.At < len(ids); c.At, c.After = c.At+1, "" {
		id := ids[c.At]
		if c.After == "" {
			body, err := s.asJSON(ctx, c.Workspace, id, at)
			if err != nil {
				return nil, err
			}
			if !fits(int64(len(body))) {
				return entries, nil
			}
			take(entry{id + ".json", int64(len(body)), func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }})
		}
		files, err := s.filed(ctx, c.Workspace, id)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			if f.Attachment <= c.After {
				continue
			}
			e, err := s.entry(ctx, c.Workspace, id, f)
			if fault.KindOf(err) == fault.NotFound {
				continue
			}
			if err != nil {
				return nil, err
			}
			if !fits(e.size) {
				if c.After == "" {
					c.After = " " // the JSON is done
				}
				return entries, nil
			}
			take(e)
			c.After = f.Attachment
		}
	}
	return entries, nil
}

func (s *Service) most() int64 {
	if s.volumeSize > 0 {
		return s.volumeSize
	}
	return maxVolume
}

func (s *Service) asJSON(ctx context.Context, workspace, id string, at time.Time) ([]byte, error) {
	h := newHeld(at)
	if err := s.hold(ctx, h, workspace, id); err != nil {
		return nil, err
	}
	return json.MarshalIndent(h, "", "  ")
}

// filed lists the files under an identifier, in the order of their attachments.
func (s *Service) filed(ctx context.Context, workspace, id string) (files []File, err error) {
	for _, h := range s.Holdings {
		if f, ok := h.(Filed); ok {
			some, err := f.Files(ctx, workspace, id)
			if err != nil {
				return nil, err
			}
			files = append(files, some...)
		}
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Attachment, b.Attachment) })
	return files, nil
}

func (s *Service) entry(ctx context.Context, workspace, id string, f File) (entry, error) {
	open := func(ctx context.Context) (io.ReadCloser, error) {
		r, _, _, err := s.Blobs.Open(ctx, workspace, f.Attachment)
		return r, err
	}
	r, name, size, err := s.Blobs.Open(ctx, workspace, f.Attachment)
	if err == nil {
		err = r.Close()
	}
	return entry{id + "/" + f.Folder + "/" + f.Attachment + "-" + name, size, open}, err
}

// zipped writes a ZIP file and returns how many bytes it has. They do not depend
// on what is in the files, only on their names and sizes: nothing is compressed,
// because photos and PDFs are already.
func zipped(to io.Writer, entries []entry, open func(entry) (io.ReadCloser, error)) (int64, error) {
	n := &counter{to: to}
	z := zip.NewWriter(n)
	for _, e := range entries {
		w, err := z.CreateHeader(&zip.FileHeader{Name: e.name, Method: zip.Store})
		if err != nil {
			return 0, err
		}
		r, err := open(e)
		if err != nil {
			return 0, err
		}
		_, err = io.Copy(w, r)
		if err := errors.Join(err, r.Close()); err != nil {
			return 0, err
		}
	}
	err := z.Close()
	return n.n, err
}

type counter struct {
	to io.Writer
	n  int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.to.Write(b)
	c.n += int64(n)
	return n, err
}

// zeros has no end.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
