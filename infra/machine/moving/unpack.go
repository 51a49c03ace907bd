package moving

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"motorpool/infra/machine/moving/crate"
	"motorpool/shared/fault"
	"motorpool/shared/table"
	"motorpool/shared/webhook"
)

// begin claims the place, once it is sure that nobody is in the way.
func (i *unpacking) begin(ctx context.Context) error {
	slices.SortStableFunc(i.last, func(a, b late) int { return cmp.Compare(a.kind.Last, b.kind.Last) })
	if i.version > 0 {
		return nil
	}
	for _, l := range i.last {
		if _, err := i.Table.Get(ctx, l.item.Key); fault.KindOf(err) != fault.NotFound {
			return cmp.Or(err, taken(l.kind, l.item))
		}
	}
	if strays, err := i.Files.List(ctx, i.workspace, "", 1); err != nil || len(strays) > 0 {
		return cmp.Or(err, error(fault.New(fault.Conflict, "moving.files", "In this house lie files of %s of an earlier stay; nothing was changed. Remove what lies below %s in its store of files, or choose an empty house.", i.manifest.Name, i.workspace)))
	}
	i.claim = claim{Crate: i.manifest.ID}
	return i.remember(ctx)
}

// remember stores how far the import is.
func (i *unpacking) remember(ctx context.Context) error {
	doc, err := json.Marshal(i.claim)
	if err != nil {
		return err
	}
	err = i.Table.Write(ctx, table.Put(table.Item{Key: claimKey(i.workspace), Version: i.version, Doc: doc}))
	if _, lost := errors.AsType[*table.Conflict](err); lost {
		return fault.New(fault.Conflict, "moving.twice", "Somebody else is importing this workspace into this house. Let them finish.").Because(err)
	}
	i.version++
	return err
}

// wave is how many chunks are loaded side by side.
const wave = 4

// load puts everything that nobody is to be told of.
func (i *unpacking) load(ctx context.Context) error {
	if i.claim.Open {
		return nil
	}
	rep := newReport(i.order.Err, "importing")
	l := &landing{unpacking: i}
	defer l.close()
	var chunks []crate.Chunk
	bytes := int64(0)
	flush := func() error {
		if len(chunks) == 0 {
			return nil
		}
		some, loading := errgroup.WithContext(ctx)
		for _, c := range chunks {
			some.Go(func() error { return i.put(loading, c) })
			rep.add(len(c.Items), bytes)
		}
		if err := some.Wait(); err != nil {
			return err
		}
		i.claim.Chunk = chunks[len(chunks)-1].Number
		chunks = chunks[:0]
		return i.remember(ctx)
	}
	_, err := i.each(func(c crate.Chunk) error {
		if c.Number <= i.claim.Chunk {
			return nil
		}
		if c.Part != nil {
			bytes += int64(len(c.Part.Bytes))
			rep.add(1, bytes)
			if err := flush(); err != nil {
				return err
			}
			return l.part(ctx, c)
		}
		for _, one := range c.Items {
			bytes += int64(len(one.Doc))
		}
		if chunks = append(chunks, c); len(chunks) < wave {
			return nil
		}
		return flush()
	})
	if err == nil {
		err = flush()
	}
	if err == nil {
		err = l.settle(ctx)
	}
	rep.say(bytes)
	return err
}

// put loads what a chunk has for now, sealed with this house's key.
func (i *unpacking) put(ctx context.Context, c crate.Chunk) error {
	now := i.Now()
	items := make([]table.Item, 0, len(c.Items))
	for _, one := range c.Items {
		it := one.Stored()
		k, err := i.kindOf(it)
		if err != nil {
			return err
		}
		if one.Untold || k.Last > 0 || !it.Expires.IsZero() && !it.Expires.After(now) {
			continue
		}
		if it, err = i.unpack(ctx, k, it); err != nil {
			return err
		}
		items = append(items, it)
	}
	return again(ctx, func() error { return i.Table.Load(ctx, items...) })
}

// proof reads back what was loaded and compares it with the crate, while nobody
// can see it yet.
func (i *unpacking) proof(ctx context.Context) error {
	i.here = Totals{}
	if i.claim.Open {
		i.here.merge(i.quiet) // compared in the run that opened the house; now others may change it
		return nil
	}
	err := i.survey(ctx, i.packer, "comparing", i.order.Err, func(k *table.Kind, it table.Item) {
		if k.Last == 0 && lasting(k, &it, i.cut) {
			i.here.add(k, &it)
		}
	})
	if err != nil {
		return err
	}
	found, err := i.surveyFiles(ctx, i.workspace, newReport(i.order.Err, "comparing files"))
	if err != nil {
		return err
	}
	i.here.merge(found)
	if i.here.All() != i.quiet.All() {
		show(i.order.Out, "in the file", "in the house", i.quiet, i.here)
		i.claim.Chunk = 0
		return cmp.Or(i.clear(ctx), i.remember(ctx), error(fault.New(fault.Conflict, "moving.unequal", "What is in this house now is not what is in the file. The workspace stays closed. Run the same import again: it begins from the start.")))
	}
	i.claim.Open = true
	return i.remember(ctx)
}

// open puts what lets people and programs in, and then the news.
func (i *unpacking) open(ctx context.Context) error {
	for _, l := range i.last {
		if err := i.place(ctx, l.kind, l.item); err != nil {
			return err
		}
	}
	return i.items(func(c crate.Chunk) error {
		for _, one := range c.Items {
			if !one.Untold {
				continue
			}
			if err := i.tell(ctx, one.Stored()); err != nil {
				return err
			}
		}
		return nil
	})
}

// tell puts an event of which the old house does not know that everybody was
// told. If its deliveries say so, it is history and no news.
func (i *unpacking) tell(ctx context.Context, it table.Item) error {
	k, err := i.kindOf(it)
	if err != nil {
		return err
	}
	_, err = i.Table.Get(ctx, it.Key)
	if fault.KindOf(err) == fault.NotFound {
		told, err := i.App.Webhooks.Told(ctx, it)
		if err != nil {
			return err
		}
		if told {
			err = i.Table.Load(ctx, it)
		} else {
			i.news[strings.TrimPrefix(it.Key.SK, "EVENT#")] = true
		}
		if err != nil {
			return err
		}
	}
	return i.place(ctx, k, it)
}

// place puts one item where nothing is, and compares what is there then. What an
// earlier run has put, and somebody may have changed since, is left as it is.
func (i *unpacking) place(ctx context.Context, k *table.Kind, it table.Item) error {
	if !it.Expires.IsZero() && !it.Expires.After(i.Now()) {
		return nil
	}
	sealed, err := i.unpack(ctx, k, it)
	if err != nil {
		return err
	}
	err = again(ctx, func() error { return i.Table.Place(ctx, sealed) })
	_, there := errors.AsType[*table.Conflict](err)
	if err != nil && !there {
		return err
	}
	got, err := i.Table.Get(ctx, it.Key)
	if err != nil {
		return err
	}
	if k.Owner != nil && k.Owner(got) != i.workspace {
		return taken(k, it)
	}
	if got, err = i.pack(ctx, k, got); err != nil {
		return err
	}
	if sumOf(&got) != sumOf(&it) && !there {
		return fault.New(fault.Internal, "moving.place", "%s at %s is not what was put there", k.Name, it.Key.PK)
	}
	if lasting(k, &it, i.cut) {
		i.here.add(k, &it)
	}
	return nil
}

func taken(k *table.Kind, it table.Item) error {
	return fault.New(fault.Conflict, "moving.taken", "In this house another workspace has the same %s (%s). Revoke it there first; nothing was changed.", k.Name, it.Key.PK)
}

// carryAll has the work carried on that was under way.
func (i *unpacking) carryAll(ctx context.Context) error {
	move := webhook.Move{Word: stamp(i.manifest.Left), Again: func(ref string) bool { return i.news[ref] }}
	return i.items(func(c crate.Chunk) error {
		if c.Number <= i.claim.Done {
			return nil
		}
		worked := false
		for _, one := range c.Items {
			it := one.Stored()
			k, err := i.kindOf(it)
			if err != nil {
				return err
			}
			if k.Work {
				if worked, err = true, i.carryOn(ctx, it.Key, move); err != nil {
					return err
				}
			}
		}
		if i.claim.Done = c.Number; !worked {
			return nil
		}
		return i.remember(ctx)
	})
}
