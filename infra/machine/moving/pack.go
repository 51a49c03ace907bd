package moving

import (
	"context"
	"errors"
	"io"
	"maps"

	"motorpool/infra/machine/moving/crate"
	"motorpool/shared/blob"
	"motorpool/shared/fault"
)

// countPart adds a part that is in the crate.
func (e *export) countPart(p *crate.Part) error {
	f, err := e.parts.add(p)
	if err != nil || f == nil {
		return err
	}
	k, err := e.fileKind(e.workspace, f.Key)
	if err != nil {
		return err
	}
	e.filed.addFile(k, *f)
	e.listed.addFile(k, f.listed())
	return nil
}

// fillFiles packs the workspace's files behind its items, in the order of their
// keys. It goes on behind the last part that is in the crate.
func (e *export) fillFiles(ctx context.Context) error {
	rep := newReport(e.order.Err, "exporting files")
	after := blob.Key(e.parts.now.Key)
	if e.parts.open() {
		if err := e.packFile(ctx, after); fault.KindOf(err) == fault.NotFound {
			return e.restless()
		} else if err != nil {
			return err
		}
	}
	err := e.files(ctx, e.workspace, e.workspace, after, func(k *blob.Kind, f blob.File) error {
		if k.Stays != "" {
			e.left[k.Name+": "+k.Stays]++
			return nil
		}
		err := again(ctx, func() error { return e.packFile(ctx, f.Key) })
		if fault.KindOf(err) == fault.NotFound && !e.parts.open() {
			return nil // it was deleted since it was listed; the second look tells
		}
		rep.add(1, e.crate.Bytes)
		return err
	})
	if err == nil { // what has arrived for uploads that nobody completed
		err = e.files(ctx, e.workspace, "uploads/"+e.workspace, "", func(k *blob.Kind, _ blob.File) error {
			e.left[k.Name+": "+k.Stays]++
			return nil
		})
	}
	rep.say(e.crate.Bytes)
	return err
}

// packFile writes the parts of a file, from where the last part ends if that was
// of this file.
func (e *export) packFile(ctx context.Context, key blob.Key) error {
	r, info, err := e.Files.Open(ctx, key)
	if err != nil {
		return err
	}
	defer r.Close()
	from := int64(0)
	if e.parts.open() {
		from = e.parts.upTo
		if e.parts.now.Size != info.Size || e.parts.now.Type != info.Type {
			return e.restless()
		}
	}
	if _, err := io.CopyN(io.Discard, r, from); err != nil {
		return blob.Unavailable(err)
	}
	buffer := make([]byte, min(partBytes, info.Size-from))
	for first := true; first || from < info.Size; first = false {
		n, err := io.ReadFull(r, buffer[:min(partBytes, info.Size-from)])
		if err != nil {
			return blob.Unavailable(err) // goes on where it was
		}
		p := crate.Part{Key: string(key), Type: info.Type, Size: info.Size, At: from, Bytes: buffer[:n]}
		if err := errors.Join(e.crate.WritePart(p), e.countPart(&p)); err != nil {
			return err
		}
		from += int64(n)
	}
	return nil
}

// lookFiles lists the house's files once more. A file is never changed, so that a
// list of the same keys and sizes tells that they are those that were packed.
func (e *export) lookFiles(ctx context.Context) (Totals, error) {
	here := Totals{}
	err := e.files(ctx, e.workspace, e.workspace, "", func(k *blob.Kind, f blob.File) error {
		if k.Stays == "" {
			here.addFile(k, file{File: f})
		}
		return nil
	})
	if maps.Equal(here, e.listed) {
		here = e.filed
	}
	return here, err
}

func (e *export) restless() error {
	return fault.New(fault.Conflict, "moving.restless", "The workspace was changed while it was read, so the file is not complete. Remove %s and export again.", e.order.Path)
}
