package exporting

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/blob"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/sheet"
	"motorpool/shared/table"
)

// RunJob writes one part of a file and orders the next. A message that comes
// twice, or too late, does no harm.
func (s *Service) RunJob(ctx context.Context, body json.RawMessage, at time.Time) error {
	var j job
	if err := json.Unmarshal(body, &j); err != nil {
		return fault.New(fault.Invalid, "export.job", "This is not a job.").Because(err)
	}
	e, err := s.load(ctx, j.Workspace, j.Export)
	if fault.KindOf(err) == fault.NotFound {
		return nil // it was ordered ahead of a change that was not made
	}
	if err != nil || e.State != Running {
		return err
	}
	if err = s.part(ctx, e, at); overtaken(err, e) {
		return nil // another message does the same work
	}
	return err
}

// part writes the next page of the list.
func (s *Service) part(ctx context.Context, e *Export, at time.Time) error {
	rows := s.Lists[e.List]
	actor, err := s.Rights.Now(ctx, e.Workspace, e.By, at)
	if err == nil && rows != nil && (!actor.May(rows.Grant()) || !actor.May(access.RunExports)) || rows == nil {
		err = fault.New(fault.Denied, "export.denied", "You may no longer have this list.")
	}
	if k := fault.KindOf(err); err != nil && (k == fault.Denied || k == fault.NotFound || k == fault.Unauthenticated) {
		return s.fail(ctx, e, "Whoever asked for this may no longer have it.", at)
	}
	if err != nil {
		return err
	}
	list, next, err := rows.Rows(ctx, actor, e.Filters, e.Columns, e.Cursor, pageRows)
	if k := fault.KindOf(err); k == fault.Invalid || k == fault.Denied || k == fault.NotFound {
		return s.fail(ctx, e, "The list cannot be read with these filters. Export it anew.", at)
	}
	if err != nil {
		return err
	}
	e.Everywhere = e.Everywhere || len(actor.Locations) == 0
	for _, l := range actor.Locations {
		if !slices.Contains(e.Places, l) {
			e.Places = append(e.Places, l)
		}
	}
	for _, name := range e.redacted(rows, actor) {
		if !slices.Contains(e.Redacted, name) {
			e.Redacted = append(e.Redacted, name)
		}
	}
	text, err := e.write(rows, list)
	if err != nil {
		return err
	}
	if e.Size+int64(len(text)) > blob.MaxSize {
		return s.fail(ctx, e, "The file became too large. Choose fewer columns, or filter the list.", at)
	}
	name := "part-" + ident.Suffix(s.NewID("prt")) // of its own, so that two messages do not mix their rows
	if err := s.begin(ctx, e, name); err != nil {
		return err
	}
	if err := s.Blobs.Put(ctx, e.file(name), blob.Info{Type: "text/csv", Size: int64(len(text))}, bytes.NewReader(text)); err != nil {
		return err
	}
	e.Parts, e.Rows, e.Size, e.Cursor, e.Updated = append(e.Parts, name), e.Rows+len(list), e.Size+int64(len(text)), next, at
	if next == "" {
		return s.finish(ctx, e, actor, at)
	}
	if err := s.save(ctx, e); err != nil {
		return err
	}
	return s.enqueue(ctx, e, 0)
}

// write makes the next part's bytes. Redacted cells are empty.
func (e *Export) write(rows Rows, list [][]string) ([]byte, error) {
	var out bytes.Buffer
	w := sheet.NewWriter(&out)
	if len(e.Parts) == 0 {
		if e.BOM {
			out.WriteString(sheet.BOM)
		}
		if err := w.Write(e.labels(rows)); err != nil {
			return nil, err
		}
	}
	for _, cells := range list {
		for n, name := range e.Columns {
			if slices.Contains(e.Redacted, name) {
				cells[n] = ""
			}
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	err := w.Flush()
	return out.Bytes(), err
}

func (s *Service) fail(ctx context.Context, e *Export, reason string, at time.Time) error {
	e.State, e.Reason, e.Updated = Failed, reason, at
	if err := s.save(ctx, e); err != nil {
		return err
	}
	return s.drop(ctx, e)
}

// finish puts the parts together, one after the other: none is held in memory
// beside the store's own buffers.
func (s *Service) finish(ctx context.Context, e *Export, actor access.Actor, at time.Time) error {
	file := "list-" + ident.Suffix(s.NewID("prt")) + ".csv"
	if err := s.begin(ctx, e, file); err != nil {
		return err
	}
	e.State, e.Expires, e.Cursor, e.File = Ready, at.Add(Lasts), "", file
	var also []table.Op
	if e.Email && s.Letters != nil {
		op, err := s.Letters.ExportReady(ctx, e.Workspace, actor, e.ID, at)
		if err != nil {
			return err
		}
		also = append(also, op)
	}
	parts := &parts{ctx: ctx, service: s, export: e}
	defer parts.close()
	if err := s.Blobs.Put(ctx, e.file(e.File), blob.Info{Type: "text/csv; charset=utf-8", Size: e.Size}, parts); err != nil {
		return err
	}
	done := e.Parts
	e.Parts = nil
	if err := s.save(ctx, e, also...); err != nil {
		return err
	}
	return s.remove(ctx, e, done)
}

// parts reads the parts of a file as one.
type parts struct {
	ctx     context.Context
	service *Service
	export  *Export
	next    int
	open    io.ReadCloser
}

func (p *parts) Read(b []byte) (int, error) {
	for {
		if p.open == nil {
			if p.next == len(p.export.Parts) {
				return 0, io.EOF
			}
			r, _, err := p.service.Blobs.Open(p.ctx, p.export.file(p.export.Parts[p.next]))
			if err != nil {
				return 0, err
			}
			p.open, p.next = r, p.next+1
		}
		n, err := p.open.Read(b)
		if errors.Is(err, io.EOF) {
			p.close()
			err = nil
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

func (p *parts) close() {
	if p.open != nil {
		p.open.Close()
		p.open = nil
	}
}

func (s *Service) remove(ctx context.Context, e *Export, names []string) error {
	for _, name := range names {
		if err := s.Blobs.Delete(ctx, e.file(name)); err != nil {
			return err
		}
	}
	return nil
}

// begin notes that a file of this name will be written, so that it is found
// again if nobody comes to say that it was.
func (s *Service) begin(ctx context.Context, e *Export, name string) error {
	e.Begun = append(e.Begun, name)
	return s.save(ctx, e)
}

func (s *Service) drop(ctx context.Context, e *Export) error { return s.remove(ctx, e, e.Begun) }
