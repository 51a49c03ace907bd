package inspection

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Filter says which inspections a list wants; a zero field wants all.
type Filter struct {
	Asset, Booking, Template string
	State                    State
	Kind                     Kind
	Since, Until             time.Time // created at or after Since, before Until
	Oldest                   bool      // the oldest first; otherwise the newest
}

func (f Filter) wants(i *Inspection) bool {
	return (f.Asset == "" || f.Asset == i.Asset) && (f.Booking == "" || f.Booking == i.Booking) && (f.Template == "" || f.Template == i.Template) &&
		(f.State == "" || f.State == i.State) && (f.Kind == "" || f.Kind == i.Kind)
}

// place is the narrowest list in which all that f wants is.
func (f Filter) place(workspace string) (q table.Query) {
	prefix := pointerPrefix
	switch {
	case f.Booking != "":
		q.PK = bookingPK(workspace, f.Booking)
	case f.Asset != "":
		q.PK = assetPK(workspace, f.Asset)
	case f.State != "":
		q.PK, q.Index, prefix = statePK(workspace, f.State), true, "ins_"
	case f.Kind != "":
		q.PK = kindPK(workspace, f.Kind)
	default:
		q.PK = allPK(workspace)
	}
	if !q.Index {
		prefix += "ins_"
	}
	if q.Prefix = prefix; !f.Since.IsZero() || !f.Until.IsZero() {
		q.Prefix, q.From, q.To = "", prefix, prefix+"~"
		if !f.Since.IsZero() {
			q.From = prefix + ident.Floor(f.Since)
		}
		if !f.Until.IsZero() {
			q.To = prefix + ident.Floor(f.Until)
		}
	}
	q.Reverse = !f.Oldest
	return q
}

// Inspections returns a page of inspections, newest first unless f says
// otherwise. It may lag a moment behind, and may be short when the filter is
// narrow. What the actor may not see is left out.
func (s *Service) Inspections(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int) ([]*Inspection, string, error) {
	if f.Asset != "" {
		if _, err := s.Vehicles.Vehicle(ctx, actor, f.Asset); err != nil {
			return nil, "", err
		}
	}
	q := f.place(actor.Workspace)
	q.Limit, q.After = limit, cursor
	sight := access.Sight(actor, func(ctx context.Context, a access.Actor, asset string) error {
		_, err := s.Vehicles.Vehicle(ctx, a, asset)
		return err
	})
	return table.Sift(ctx, s.Table, q, func(it table.Item) (i *Inspection, _ bool, err error) {
		if q.Index {
			i, err = read(it)
		} else {
			i, err = s.pointed(ctx, actor.Workspace, it)
		}
		if err != nil || !f.wants(i) {
			return nil, false, err
		}
		seen, err := sight(ctx, i.Asset)
		return i, seen, err
	})
}

func (s *Service) pointed(ctx context.Context, workspace string, it table.Item) (*Inspection, error) {
	var id string
	if err := json.Unmarshal(it.Doc, &id); err != nil {
		return nil, fmt.Errorf("inspection: pointer at %s / %s: %w", it.Key.PK, it.Key.SK, err)
	}
	return s.load(ctx, workspace, id)
}

// Refers reports whether an asset was ever inspected.
func (s *Service) Refers(ctx context.Context, workspace, asset string) (bool, error) {
	page, err := s.Table.Query(ctx, table.Query{PK: assetPK(workspace, asset), Prefix: pointerPrefix, Limit: 1})
	return len(page.Items) > 0, err
}
