package moving

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/table"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

// leave has the workspace leave the house, and returns once nobody works on it
// any more and what waited in the queues lies in the table.
func (h *House) leave(ctx context.Context, o Order) (*workspace.Workspace, error) {
	_, err := h.Table.Get(ctx, claimKey(o.Workspace))
	if err == nil {
		return nil, fault.New(fault.Conflict, "moving.half", "The import of this workspace into this house is not finished. Finish it first: the same motorpool import goes on where it was.")
	}
	if fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	w, err := h.App.Workspaces.Current(ctx, o.Workspace)
	if err != nil {
		return nil, err
	}
	if w.Left.IsZero() {
		if w, err = h.App.Workspaces.Leave(ctx, o.Workspace, h.Now().UTC().Truncate(time.Second)); err != nil {
			return nil, err
		}
		fmt.Fprintf(o.Err, "%s leaves this house: nothing can be changed in it here any more, and nothing is sent for it (motorpool return undoes that)\n", w.Name)
	}
	if wait := w.Left.Add(h.Settle).Sub(h.Now()); wait > 0 {
		fmt.Fprintf(o.Err, "waiting %s for work under way to end\n", wait.Round(time.Second))
		if err := pause(ctx, wait); err != nil {
			return nil, err
		}
	}
	if err := h.drain(ctx, w, o); err != nil {
		return nil, err
	}
	if err := h.park(ctx, o.Workspace); err != nil || h.Discard == nil {
		return w, err
	}
	return w, h.Discard(ctx, o.Workspace)
}

// park stores what the messages that wait in the queues ask for.
func (h *House) park(ctx context.Context, ws string) error {
	if h.Waiting == nil {
		return nil
	}
	waiting, err := h.Waiting(ctx)
	if err != nil {
		return err
	}
	for _, body := range waiting {
		if webhook.WhoseWork(body) == ws {
			if err := h.App.Webhooks.Park(ctx, body, h.Now()); err != nil {
				return err
			}
		}
	}
	return nil
}

// Return undoes that a workspace has left: it lives here again, and its work is
// carried on. What has happened to it in another house meanwhile is not here, so
// it is for a move that was given up. One that was interrupted goes on; a
// workspace that lives here is left alone.
func Return(ctx context.Context, h *House, o Order) error {
	w, err := h.App.Workspaces.Return(ctx, o.Workspace, h.Now().UTC())
	if err != nil {
		return err
	}
	// The same word if a return that was interrupted is done again, so that it
	// begins no run twice.
	mark := webhook.Move{Word: "v" + strconv.FormatInt(w.Returning, 36)}
	n, p := 0, h.packer(o.Workspace)
	var failed error
	err = h.survey(ctx, p, "carrying on", o.Err, func(k *table.Kind, it table.Item) {
		if k.Work && failed == nil {
			n++
			failed = h.carryOn(ctx, it.Key, mark)
		}
	})
	if err == nil {
		err = failed
	}
	if err == nil {
		err = h.App.Workspaces.Returned(ctx, o.Workspace)
	}
	if err == nil {
		fmt.Fprintf(o.Out, "%s lives in this house again; its work is carried on.\n", w.Name)
	}
	return err
}

// stamp is a word for a move that no other move of the workspace has.
func stamp(left time.Time) string {
	const digits = "0123456789abcdefghijklmnopqrstuvwxyz"
	var b []byte
	for n := left.Unix(); n > 0; n /= 36 {
		b = append(b, digits[n%36])
	}
	return string(b)
}

// carryOn does what the item at k asks for as it is now.
func (h *House) carryOn(ctx context.Context, at table.Key, move webhook.Move) error {
	return again(ctx, func() error {
		it, err := h.Table.Get(ctx, at)
		if fault.KindOf(err) == fault.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		return h.App.Webhooks.CarryOn(ctx, it, move, h.Now())
	})
}
