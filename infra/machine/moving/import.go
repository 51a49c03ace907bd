package moving

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"time"

	"motorpool/infra/machine/moving/crate"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Import unpacks a crate into a house, compares both, and carries on the work
// that was under way. An import that was interrupted goes on; one that was done
// before changes nothing and compares. Nothing is changed unless the crate is
// whole and the workspace is not there.
func Import(ctx context.Context, h *House, o Order) error {
	if err := h.needsFiles(); err != nil {
		return err
	}
	i := &unpacking{House: h, order: o, news: map[string]bool{}, cut: h.Now().Add(horizon)}
	if err := i.check(); err != nil {
		return err
	}
	fmt.Fprintf(o.Err, "%s (%s), which left its house (%s) at %s: %d items and files\n", i.manifest.Name, i.manifest.Workspace, i.manifest.From,
		i.manifest.Left.UTC().Format(time.RFC3339), i.whole.All().Items)
	settled, err := i.settled(ctx)
	if err != nil {
		return err
	}
	if settled {
		return i.compare(ctx)
	}
	for _, step := range []func(context.Context) error{i.begin, i.load, i.proof, i.open, i.carryAll, i.end} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Opens says whether the order's file is a crate that its passphrase opens. How
// far the crate goes is left to Import.
func Opens(o Order) error {
	f, err := os.Open(o.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = crate.NewReader(f, o.Passphrase)
	return err
}

// An unpacking is one run of an import.
type unpacking struct {
	*House
	*packer
	order    Order
	manifest crate.Manifest
	cut      time.Time // what expires before is not compared
	whole    Totals    // of all that is in the crate
	quiet    Totals    // of what is compared before the house is opened
	late     Totals    // of what is compared as it is put
	last     []late    // what comes last, but for the news
	claim    claim
	version  int64 // of the claim
	here     Totals
	news     map[string]bool // refs of the events that are published here
}

// late is an item that comes last, and its kind.
type late struct {
	kind *table.Kind
	item table.Item
}

// claim is what a house notes of an import under way.
type claim struct {
	Crate string `json:"crate"`
	Chunk int    `json:"chunk"` // all up to this one are loaded
	Open  bool   `json:"open"`  // the last items are being put: from here on others may change what is there
	Done  int    `json:"done"`  // the work of all up to this one is carried on
}

// errEnough ends a reading of the crate before its end.
var errEnough = errors.New("moving: enough was read")

// items hands out the crate's chunks of items, which come before its files.
func (i *unpacking) items(do func(crate.Chunk) error) error {
	_, err := i.each(func(c crate.Chunk) error {
		if c.Part != nil {
			return errEnough
		}
		return do(c)
	})
	return err
}

// each hands out the crate's chunks, and returns what it says of the whole.
func (i *unpacking) each(do func(crate.Chunk) error) (json.RawMessage, error) {
	f, err := os.Open(i.order.Path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := crate.NewReader(f, i.order.Passphrase)
	if err != nil {
		return nil, err
	}
	i.manifest = r.Manifest
	for {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			return r.End, nil
		}
		if err == nil {
			err = do(c)
		}
		if errors.Is(err, errEnough) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// check reads the whole crate before anything is changed.
func (i *unpacking) check() error {
	i.whole, i.quiet, i.late = Totals{}, Totals{}, Totals{}
	var parts follower
	end, err := i.each(func(c crate.Chunk) error {
		if i.packer == nil {
			i.packer = i.House.packer(i.manifest.Workspace)
		}
		if c.Part != nil {
			return i.noteFile(parts.add(c.Part))
		}
		if parts.sum != nil {
			return fault.New(fault.Invalid, "moving.parts", "Something comes behind the files. Export again.")
		}
		for _, one := range c.Items {
			if err := i.note(one); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	var said Totals
	if err := json.Unmarshal(end, &said); err != nil || parts.open() || !maps.Equal(said, i.whole) || i.packer == nil {
		return fault.New(fault.Invalid, "moving.count", "The file does not hold what it says: %d items, and it says %d. Export again.", i.whole.All().Items, said.All().Items).Because(err)
	}
	return nil
}

// note counts an item, and keeps it if it comes last.
func (i *unpacking) note(one crate.Item) error {
	it := one.Stored()
	if err := table.ValidateLoad([]table.Item{it}); err != nil {
		return err
	}
	k, err := i.kindOf(it)
	if err != nil {
		return err
	}
	if k == nil || k.Stays != "" {
		return fault.New(fault.Invalid, "moving.stray", "The file holds something at %s / %s, which does not move with %s. Export again.", it.Key.PK, it.Key.SK, i.workspace)
	}
	i.whole.add(k, &it)
	news := one.Untold || k.Last > 0
	if news && !one.Untold {
		i.last = append(i.last, late{k, it})
	}
	switch {
	case !lasting(k, &it, i.cut):
	case news:
		i.late.add(k, &it)
	default:
		i.quiet.add(k, &it)
	}
	return nil
}

// noteFile counts a file that is whole.
func (i *unpacking) noteFile(f *file, err error) error {
	if err != nil || f == nil {
		return err
	}
	k, err := i.fileKind(i.workspace, f.Key)
	if err != nil {
		return err
	}
	if k.Stays != "" {
		return fault.New(fault.Invalid, "moving.stray", "The file holds a file %s, which does not move with %s. Export again.", f.Key, i.workspace)
	}
	i.whole.addFile(k, *f)
	i.quiet.addFile(k, *f)
	return nil
}

// settled reports whether the workspace lives here, or has lived here, already.
func (i *unpacking) settled(ctx context.Context) (bool, error) {
	it, err := i.Table.Get(ctx, claimKey(i.workspace))
	if err == nil {
		i.version = it.Version
		if err := json.Unmarshal(it.Doc, &i.claim); err != nil {
			return false, err
		}
		if i.claim.Crate != i.manifest.ID {
			return false, fault.New(fault.Conflict, "moving.half", "Another export of this workspace is being imported into this house and is not finished. Finish that one first.")
		}
		fmt.Fprintf(i.order.Err, "going on behind chunk %d\n", i.claim.Chunk)
		return false, nil
	}
	if fault.KindOf(err) != fault.NotFound {
		return false, err
	}
	w, err := i.App.Workspaces.Current(ctx, i.workspace)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return false, nil
	case err == nil && !w.Left.IsZero():
		return false, fault.New(fault.Conflict, "moving.left", "%s has left this very house, and what it left lies here still; nothing was changed. If the move was given up, motorpool return brings it back. Otherwise choose an empty house.", w.Name)
	}
	return err == nil, err
}

// compare is all that a second import of the same crate does.
func (i *unpacking) compare(ctx context.Context) error {
	want := Totals{}
	want.merge(i.quiet)
	want.merge(i.late)
	here := Totals{}
	if err := i.survey(ctx, i.packer, "comparing", i.order.Err, func(k *table.Kind, it table.Item) {
		if lasting(k, &it, i.cut) {
			here.add(k, &it)
		}
	}); err != nil {
		return err
	}
	found, err := i.surveyFiles(ctx, i.workspace, newReport(i.order.Err, "comparing files"))
	if err != nil {
		return err
	}
	here.merge(found)
	if !show(i.order.Out, "in the file", "in the house", want, here) {
		return fault.New(fault.Conflict, "moving.there", "This workspace is in this house already, with other content; nothing was changed. If it was imported from this file and has been used since, that is as it should be. Otherwise choose an empty house.")
	}
	fmt.Fprintf(i.order.Out, "  %s is in this house already, and equal. Nothing was changed.\n", i.manifest.Name)
	return nil
}

// end forgets the import. The workspace lives here now.
func (i *unpacking) end(ctx context.Context) error {
	if err := i.Table.Write(ctx, table.Delete(claimKey(i.workspace), i.version)); err != nil {
		return err
	}
	want := Totals{}
	want.merge(i.quiet)
	want.merge(i.late)
	show(i.order.Out, "in the file", "in the house", want, i.here)
	fmt.Fprintf(i.order.Out, "  %s lives in this house now; its work is carried on.\n", i.manifest.Name)
	return nil
}
