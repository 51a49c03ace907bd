package workspace

import (
	"context"
	"encoding/json"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Leave marks a workspace as moved into another house: from now on (where Get's
// answers are remembered, two seconds later) nobody changes it here, nothing is
// sent for it, and what waits to be sent is dropped when its time comes. Leaving
// twice is leaving once; the first instant counts.
func (s *Service) Leave(ctx context.Context, id string, at time.Time) (*Workspace, error) {
	return s.move(ctx, id, "workspace.left", at, func(w *Workspace) bool {
		stays := w.Left.IsZero()
		if stays {
			w.Left, w.Returning = at, 0 // what was not carried on yet moves along
		}
		return stays
	})
}

// Return undoes Leave. Whoever calls it sees to the work that was dropped, and
// then calls Returned; until then the workspace is Returning, and Return may be
// called again. One that has not left is refused with fault.Conflict and code
// "workspace.here".
func (s *Service) Return(ctx context.Context, id string, at time.Time) (*Workspace, error) {
	w, err := s.move(ctx, id, "workspace.returned", at, func(w *Workspace) bool {
		left := !w.Left.IsZero()
		if left {
			w.Left, w.Returning = time.Time{}, w.Version+1
		}
		return left
	})
	if err == nil && w.Returning == 0 {
		return nil, fault.New(fault.Conflict, "workspace.here", "%s has not left this house, or has returned to it already. Nothing was changed.", w.Name)
	}
	return w, err
}

// Returned says that the work of a workspace that is Returning is carried on.
func (s *Service) Returned(ctx context.Context, id string) error {
	return table.Again(ctx, 8, func() error {
		w, err := s.load(ctx, id)
		if err != nil || w.Returning == 0 {
			return err
		}
		w.Returning = 0
		return s.save(ctx, w)
	})
}

func (s *Service) move(ctx context.Context, id, action string, at time.Time, do func(*Workspace) bool) (w *Workspace, err error) {
	err = table.Again(ctx, 8, func() error {
		if w, err = s.load(ctx, id); err != nil || !do(w) {
			return err
		}
		note, err := s.Audit.Op(partition(id), access.System(id), action, w.object(), nil, at)
		if err != nil {
			return err
		}
		return s.save(ctx, w, note)
	})
	return w, err
}

// Here returns nil if the workspace lives here, and fault.Conflict with code
// "workspace.left" if it has moved into another house. One that there never was
// has not moved: what is asked of it will not be found.
func (s *Service) Here(ctx context.Context, id string) error {
	w, err := s.Get(ctx, id)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil || w.Left.IsZero() {
		return err
	}
	return fault.New(fault.Conflict, "workspace.left", "This workspace has moved to another Motorpool, at %s. It can be read here, but no longer changed. Send your requests there.", w.Left.UTC().Format(time.RFC3339))
}

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "workspace", PK: "WS#w", SK: self, Last: table.LastSelf, Carry: arriving},
		{Name: "place in the list of workspaces", PK: listPartition, SK: "w", Owner: func(it table.Item) string { return it.Key.SK }, Last: table.LastDoors},
	}
}

// arriving is a workspace that lives where it is.
func arriving(doc json.RawMessage) (json.RawMessage, error) {
	var w Workspace
	if err := json.Unmarshal(doc, &w); err != nil {
		return nil, err
	}
	w.Left, w.Returning = time.Time{}, 0
	return json.Marshal(w)
}
