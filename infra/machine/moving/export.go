package moving

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"motorpool/infra/machine/moving/crate"
	"motorpool/shared/fault"
	"motorpool/shared/letter"
	"motorpool/shared/table"
)

// An Order is what to move, where and how.
type Order struct {
	Workspace  string // only for Export
	Path       string // of the crate
	Passphrase string
	Out, Err   io.Writer // the outcome, and how far it is
}

// Export has the workspace leave the house and packs all of it into a crate. An
// export that was interrupted goes on.
func Export(ctx context.Context, h *House, o Order) error {
	if err := h.needsFiles(); err != nil {
		return err
	}
	w, err := h.leave(ctx, o)
	if err != nil {
		return err
	}
	e := &export{House: h, packer: h.packer(o.Workspace), order: o, all: Totals{}, filed: Totals{}, listed: Totals{}, left: map[string]int64{}}
	e.manifest = crate.Manifest{
		ID: strings.ToLower(rand.Text()[:8]), Workspace: w.ID, Name: w.Name, From: h.Name, Left: w.Left, Created: h.Now().UTC(),
	}
	complete, err := e.begin(ctx)
	if err != nil || complete {
		return err
	}
	for _, step := range []func(context.Context) error{e.fill, e.fillFiles} {
		if err := step(ctx); err != nil {
			return errors.Join(err, e.crate.Close())
		}
	}
	return e.finish(ctx)
}

// An export is one run of it.
type export struct {
	*House
	*packer
	order    Order
	manifest crate.Manifest
	crate    *crate.Writer
	after    string           // where the scan goes on
	all      Totals           // items that are in the crate
	filed    Totals           // files that are in the crate
	listed   Totals           // the same, as far as a list tells
	parts    follower         // of the file that was packed last
	unsent   int              // letters that wait
	left     map[string]int64 // behind, by reason
	untold   func(table.Item) bool
}

// begin makes the crate, or reads what an earlier run has put into it.
func (e *export) begin(ctx context.Context) (complete bool, err error) {
	if e.untold, err = e.Untold(ctx, e.manifest.Left); err != nil {
		return false, err
	}
	w, r, err := crate.Resume(e.order.Path, e.order.Passphrase, func(c crate.Chunk) error {
		if c.Part != nil {
			return e.countPart(c.Part)
		}
		e.after = c.After
		for _, one := range c.Items {
			if err := e.count(one.Stored()); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		e.crate, err = crate.Create(e.order.Path, e.order.Passphrase, e.manifest)
		return false, err
	}
	if err != nil {
		return false, err
	}
	if m := r.Manifest; m.Workspace != e.workspace || !m.Left.Equal(e.manifest.Left) {
		return false, errors.Join(fault.New(fault.Conflict, "moving.other", "%s is an export of %s that left at %s. Choose another file, or remove this one.", e.order.Path, m.Workspace, m.Left.Format(time.RFC3339)), closed(w))
	}
	if w == nil {
		fmt.Fprintf(e.order.Out, "%s is complete already.\n", e.order.Path)
		return true, nil
	}
	fmt.Fprintf(e.order.Err, "going on with %s behind %d items and %d files\n", e.order.Path, e.all.All().Items, e.filed.All().Items)
	e.crate = w
	return false, nil
}

func closed(w *crate.Writer) error {
	if w == nil {
		return nil
	}
	return w.Close()
}

// count adds an item that is in the crate.
func (e *export) count(packed table.Item) error {
	k, err := e.kindOf(packed)
	if err != nil || k == nil {
		return err
	}
	e.all.add(k, &packed)
	return nil
}

// scanned is where the scan goes on once it has seen everything.
const scanned = "-"

// chunkBytes is about how much text a chunk has.
const chunkBytes = 1 << 20

// fill scans the house and packs what it finds.
func (e *export) fill(ctx context.Context) error {
	if e.after == scanned {
		return nil // files may lie behind the items already
	}
	rep := newReport(e.order.Err, "exporting")
	var chunk []crate.Item
	size := 0
	for e.after != scanned {
		page, err := e.page(ctx, e.packer, e.after)
		if err != nil {
			return err
		}
		if len(chunk)+len(page.Items) > table.MaxLoad || size > chunkBytes {
			if err := e.crate.Write(e.after, chunk); err != nil {
				return err
			}
			chunk, size = nil, 0
		}
		for _, it := range page.Items {
			one, moves, err := e.one(ctx, it)
			if err != nil {
				return err
			}
			if moves {
				chunk, size = append(chunk, one), size+len(one.Doc)
			}
		}
		if e.after = page.Next; e.after == "" {
			e.after = scanned
		}
		rep.add(len(page.Items), e.crate.Bytes)
	}
	rep.say(e.crate.Bytes)
	return e.crate.Write(scanned, chunk)
}

// one packs one item, unless it stays.
func (e *export) one(ctx context.Context, it table.Item) (one crate.Item, moves bool, err error) {
	k, err := e.kindOf(it)
	if err != nil || k == nil {
		return one, false, err
	}
	if k.Stays != "" {
		e.left[k.Name+": "+k.Stays]++
		if letter.Is(it.Key) && letter.Waits(it) {
			e.unsent++
		}
		return one, false, nil
	}
	packed, err := e.pack(ctx, k, it)
	if err != nil {
		return one, false, err
	}
	e.all.add(k, &packed)
	return crate.From(packed, k.Told && e.untold(it)), true, nil
}

func (h *House) page(ctx context.Context, p *packer, after string) (page table.Page, err error) {
	err = again(ctx, func() error {
		page, err = h.Table.Scan(ctx, table.Scan{Prefixes: p.prefixes(), After: after})
		return err
	})
	return page, err
}

// finish reads the house once more, and closes the crate if it holds the same.
func (e *export) finish(ctx context.Context) error {
	cut := e.Now().Add(horizon)
	packed, here := Totals{}, Totals{}
	err := e.read(ctx, func(k *table.Kind, it table.Item) {
		if lasting(k, &it, cut) {
			packed.add(k, &it)
		}
	})
	if err == nil {
		err = e.survey(ctx, e.packer, "reading the house once more", e.order.Err, func(k *table.Kind, it table.Item) {
			if lasting(k, &it, cut) {
				here.add(k, &it)
			}
		})
	}
	if err != nil {
		return errors.Join(err, e.crate.Close())
	}
	found, err := e.lookFiles(ctx)
	if err != nil {
		return errors.Join(err, e.crate.Close())
	}
	packed.merge(e.filed)
	here.merge(found)
	same := show(e.order.Out, "in the file", "in the house", packed, here)
	for why, n := range e.left {
		fmt.Fprintf(e.order.Out, "  stays behind: %d × %s\n", n, why)
	}
	if e.unsent > 0 {
		fmt.Fprintf(e.order.Out, "  letters that were not sent yet: %d. They will not be, because their links lead to this house: send invitations anew from the new one.\n", e.unsent)
	}
	if !same {
		return errors.Join(e.restless(), e.crate.Close())
	}
	e.all.merge(e.filed)
	if err := e.crate.End(e.all); err != nil {
		return err
	}
	fmt.Fprintf(e.order.Out, "  %s left this house at %s and is in %s (%.1f MB).\n", e.manifest.Name, e.manifest.Left.UTC().Format(time.RFC3339), e.order.Path, float64(e.crate.Bytes)/1e6)
	return nil
}
