package attachment

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/blob"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/picture"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table  table.Table
	Files  blob.Store
	Studio picture.Studio // nil where no file is checked
	NewID  ident.Source
	Now    func() time.Time // for how long links work
}

// How long things last: bytes may arrive, what nobody owns stays, and what its
// owner let go of can still be looked at by who has a page of it open.
const (
	uploadLasts = time.Hour
	looseLasts  = 24 * time.Hour
	grace       = time.Hour
)

// Begin announces a file and returns how to send its bytes: at most an hour
// later, straight to the store.
func (s *Service) Begin(ctx context.Context, actor access.Actor, d Draft, at time.Time) (*Attachment, blob.Request, error) {
	if !d.Purpose.MayUpload(actor) {
		return nil, blob.Request{}, mayNot(d.Purpose)
	}
	a, err := begin(s.NewID("att"), actor, d, at)
	if err != nil {
		return nil, blob.Request{}, err
	}
	how, err := s.Files.Upload(ctx, arrivedKey(a.Workspace, a.ID), blob.Info{Type: a.Type, Size: a.Size}, a.Expires)
	if err != nil {
		return nil, how, err
	}
	due := at.Add(looseLasts)
	op, err := a.put(due)
	if err != nil {
		return nil, how, err
	}
	arrived := table.Put(table.Item{Key: table.Key{PK: uploadsPK(a.Workspace), SK: dueSK(due, a.ID)}, Doc: []byte(`"` + a.ID + `"`)})
	if err := s.Table.Write(ctx, op, arrived); err != nil {
		return nil, how, err
	}
	a.Version++
	return a, how, nil
}

// begin is a new attachment that waits for its bytes.
func begin(id string, by access.Actor, d Draft, at time.Time) (*Attachment, error) {
	d.Type = typed(d.Type, d.Name)
	if err := d.wrong(); err != nil {
		return nil, err
	}
	return &Attachment{
		ID: id, Workspace: by.Workspace, Purpose: d.Purpose, Name: harmless(d.Name, d.Type), Type: d.Type, Size: d.Size,
		State: Waiting, By: by, Created: at, Expires: at.Add(uploadLasts),
	}, nil
}

// wrong says everything that is wrong with what was announced.
func (d Draft) wrong() error {
	r, ok := rules[d.Purpose]
	if !ok || d.Purpose == Export {
		return fault.New(fault.Invalid, "attachment.purpose", "Say what the file is for: photo, document, evidence, receipt, logo or import.").At("purpose")
	}
	wrong := fault.New(fault.Invalid, "attachment.announced", "This file cannot be taken.")
	add := func(err *fault.Error) { wrong.Fields = append(wrong.Fields, err.Fields...) }
	if !isText(d.Name) {
		add(fault.New(fault.Invalid, "attachment.name", "The name must be UTF-8.").At("name"))
	}
	if d.Size < 1 || d.Size > r.max {
		add(fault.New(fault.Invalid, "attachment.size", "Such a file has 1 byte to %d MB; this one has %d bytes.", r.max/mega, d.Size).At("size"))
	}
	if err := d.Purpose.takes(d.Type); err != nil {
		add(err.At("type"))
	}
	if len(wrong.Fields) == 0 {
		return nil
	}
	wrong.Message = wrong.Fields[0].Reason
	return wrong
}

// Complete looks at the bytes that came, and makes the attachment ready or
// refused. Once it is either, it says so again. What is refused is returned
// with the reason as fault.Invalid. Before the bytes have come it is
// fault.Conflict, code "attachment.no_bytes"; after the hour in which they had
// to come, "attachment.expired".
func (s *Service) Complete(ctx context.Context, actor access.Actor, id string, at time.Time) (*Attachment, error) {
	a, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	if !a.Purpose.MayUpload(actor) {
		return nil, mayNot(a.Purpose)
	}
	if !a.SeenBy(actor) {
		return nil, noSuch()
	}
	if a.State != Waiting {
		return a, a.refusal()
	}
	if at.After(a.Expires) {
		return nil, fault.New(fault.Conflict, "attachment.expired", "This upload is over: it was to be completed within an hour. Begin a new one.")
	}
	body, err := s.arrived(ctx, a)
	if err != nil {
		return nil, err
	}
	err = s.settle(ctx, a, body, at)
	if clash, ok := errors.AsType[*table.Conflict](err); ok && clash.Key == attachmentKey(a.Workspace, id) { // completed twice at once
		if a, err = s.load(ctx, actor.Workspace, id); err == nil {
			err = a.refusal()
		}
	}
	if err != nil && fault.KindOf(err) != fault.Invalid {
		return nil, err
	}
	if gone := s.Files.Delete(ctx, arrivedKey(a.Workspace, id)); gone != nil && err == nil {
		return a, nil // the sweep takes it away
	}
	return a, err
}

// refusal is why a was refused; nil if it was not.
func (a *Attachment) refusal() error {
	if a.State != Refused {
		return nil
	}
	return fault.New(fault.Invalid, a.Code, "%s", a.Reason)
}

// arrived reads what came, and no byte more than was announced.
func (s *Service) arrived(ctx context.Context, a *Attachment) ([]byte, error) {
	f, _, err := s.Files.Open(ctx, arrivedKey(a.Workspace, a.ID))
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.Conflict, "attachment.no_bytes", "The bytes of this file have not arrived. Send them as its upload says, then complete it.").Because(err)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f, rules[a.Purpose].max)
}

// readAll reads at most one byte more than there may be, so that a file which is
// too long shows.
func readAll(from io.Reader, most int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(from, most+1))
	if err != nil {
		return nil, blob.Unavailable(err)
	}
	return body, nil
}

// settle checks body and stores what comes of it. It returns why it was refused.
func (s *Service) settle(ctx context.Context, a *Attachment, body []byte, at time.Time) error {
	sum := sha256.Sum256(body)
	a.Completed, a.SHA256 = at, hex.EncodeToString(sum[:])
	kept, err := s.check(ctx, a, body)
	if err != nil && fault.KindOf(err) != fault.Invalid {
		return err
	}
	if err != nil {
		f, _ := errors.AsType[*fault.Error](err)
		a.State, a.Code, a.Reason = Refused, f.Code, f.Message
	} else {
		a.State = Ready
		if err := s.store(ctx, a, kept); err != nil {
			return err
		}
	}
	op, wrong := a.put(a.Created.Add(looseLasts))
	if wrong == nil {
		wrong = s.Table.Write(ctx, op)
	}
	if wrong != nil {
		return wrong
	}
	a.Version++
	return err
}

// store writes the files of an attachment that is not ready yet. The same bytes
// make the same files: what a try before this one left, or one beside it writes,
// is as good. Only what another release of ours drew differently is replaced.
func (s *Service) store(ctx context.Context, a *Attachment, kept files) error {
	for size, body := range kept.renditions {
		if err := s.place(ctx, fileKey(a.Workspace, a.ID, size), JPEG, body); err != nil {
			return err
		}
	}
	return s.place(ctx, fileKey(a.Workspace, a.ID, Whole), a.Type, kept.whole)
}

func (s *Service) place(ctx context.Context, key blob.Key, kind string, body []byte) error {
	info := blob.Info{Type: kind, Size: int64(len(body))}
	err := s.Files.Put(ctx, key, info, bytes.NewReader(body))
	if fault.CodeOf(err) != "blob.exists" {
		return err
	}
	f, is, err := s.Files.Open(ctx, key)
	if err != nil {
		return err
	}
	there, err := readAll(f, info.Size)
	if err := errors.Join(err, f.Close()); err != nil || is == info && bytes.Equal(there, body) {
		return err
	}
	if err := s.Files.Delete(ctx, key); err != nil {
		return err
	}
	return s.Files.Put(ctx, key, info, bytes.NewReader(body))
}

// Keep is Begin and Complete in one, for bytes that came another way: by a form,
// or a link that lets a customer upload. It asks for no permission. What is
// refused is returned as fault.Invalid, and nothing is kept.
func (s *Service) Keep(ctx context.Context, by access.Actor, d Draft, body io.Reader, at time.Time) (*Attachment, error) {
	all, err := readAll(body, max(rules[d.Purpose].max, 1))
	if err != nil {
		return nil, err
	}
	d.Size = int64(len(all))
	a, err := begin(s.NewID("att"), by, d, at)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(all)
	a.State, a.Completed, a.SHA256 = Ready, at, hex.EncodeToString(sum[:])
	kept, err := s.check(ctx, a, all)
	if err != nil {
		return nil, err
	}
	op, err := a.put(at.Add(looseLasts))
	if err != nil {
		return nil, err
	}
	if err := s.store(ctx, a, kept); err != nil {
		return nil, err
	}
	if err := s.Table.Write(ctx, op); err != nil {
		return nil, err
	}
	a.Version++
	return a, nil
}

func mayNot(p Purpose) error {
	return fault.New(fault.Denied, "attachment.may_not", "You may not upload files for this purpose: %s.", p)
}
