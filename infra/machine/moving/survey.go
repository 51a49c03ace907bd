package moving

import (
	"context"
	"io"
	"os"

	"motorpool/infra/machine/moving/crate"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// read hands out what is in the crate so far, as far as it moves.
func (e *export) read(_ context.Context, each func(*table.Kind, table.Item)) error {
	f, err := os.Open(e.order.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := crate.NewReader(f, e.order.Passphrase)
	if err != nil {
		return err
	}
	for {
		c, err := r.Next()
		if fault.CodeOf(err) == "crate.cut" {
			return nil // it has no end yet
		}
		if err != nil {
			return err
		}
		if c.Part != nil {
			return nil // items come first
		}
		for _, one := range c.Items {
			it := one.Stored()
			k, err := e.kindOf(it)
			if err != nil {
				return err
			}
			each(k, it)
		}
	}
}

// survey hands out everything of the workspace that moves, packed.
func (h *House) survey(ctx context.Context, p *packer, what string, to io.Writer, each func(*table.Kind, table.Item)) error {
	rep := newReport(to, what)
	bytes := int64(0)
	for after := ""; after != scanned; {
		page, err := h.page(ctx, p, after)
		if err != nil {
			return err
		}
		for _, it := range page.Items {
			k, err := p.kindOf(it)
			if err != nil {
				return err
			}
			if k == nil || k.Stays != "" {
				continue
			}
			packed, err := p.pack(ctx, k, it)
			if err != nil {
				return err
			}
			bytes += int64(len(it.Doc))
			each(k, packed)
		}
		rep.add(len(page.Items), bytes)
		if after = page.Next; after == "" {
			after = scanned
		}
	}
	rep.say(bytes)
	return nil
}
