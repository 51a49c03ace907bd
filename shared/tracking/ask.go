package tracking

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// OfAsset returns a page of an asset's journeys, the latest first, ignored ones
// too. It may lag a moment behind.
func (s *Service) OfAsset(ctx context.Context, actor access.Actor, asset, cursor string, limit int) ([]*Journey, string, error) {
	if err := s.Assets.Seen(ctx, actor, asset); err != nil {
		return nil, "", err
	}
	q := table.Query{PK: journeysPK(actor.Workspace, asset), Index: true, Reverse: true, Limit: limit, After: cursor}
	return s.journeys(ctx, q)
}

// OfDevice returns a page of a device's journeys, the latest first, in whatever
// assets it was. Who is bound to locations sees only those of the asset that it
// is in now.
func (s *Service) OfDevice(ctx context.Context, actor access.Actor, id, cursor string, limit int) ([]*Journey, string, error) {
	d, err := s.Device(ctx, actor, id)
	if err != nil {
		return nil, "", err
	}
	q := table.Query{PK: devicePK(actor.Workspace, id), Prefix: journeyPrefix, Reverse: true, Limit: limit, After: cursor}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Journey, bool, error) {
		j, err := readJourney(it)
		return j, err == nil && (len(actor.Locations) == 0 || j.Asset == d.Asset()), err
	})
}

func (s *Service) journeys(ctx context.Context, q table.Query) ([]*Journey, string, error) {
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Journey, bool, error) {
		j, err := readJourney(it)
		return j, true, err
	})
}

// History returns a page of what was done to a device, newest first.
func (s *Service) History(ctx context.Context, actor access.Actor, id, cursor string, limit int) ([]audit.Entry, string, error) {
	if _, err := s.Device(ctx, actor, id); err != nil {
		return nil, "", err
	}
	return s.Audit.Of(ctx, actor.Workspace, devicePK(actor.Workspace, id), cursor, limit)
}

// Rules are what the workspace believes, and their version: zero while it has
// said nothing.
func (s *Service) Rules(ctx context.Context, workspace string) (Rules, int64, error) {
	it, err := s.Table.Get(ctx, rulesKey(workspace))
	if fault.KindOf(err) == fault.NotFound {
		return Usual, 0, nil
	}
	r := Usual
	if err == nil {
		err = json.Unmarshal(it.Doc, &r)
	}
	return r, it.Version, err
}

// Believe changes what the workspace believes from now on. Journeys that have
// come already stay as they were judged.
func (s *Service) Believe(ctx context.Context, actor access.Actor, r Rules, at time.Time) (Rules, error) {
	if err := r.check(); err != nil {
		return r, err
	}
	return r, again(func() error {
		was, version, err := s.Rules(ctx, actor.Workspace)
		if err != nil || was == r {
			return err
		}
		changes, err := audit.Diff(was, r)
		if err != nil {
			return err
		}
		k := rulesKey(actor.Workspace)
		noted, err := s.Audit.Op(k.PK, actor, "tracking.rules_changed", audit.Object{Type: "tracking_rules", ID: actor.Workspace}, changes, at)
		if err != nil {
			return err
		}
		doc, err := json.Marshal(r)
		if err != nil {
			return err
		}
		return s.Table.Write(ctx, table.Put(table.Item{Key: k, Version: version, Doc: doc}), noted)
	})
}

// Hush marks the fitted devices of a workspace that have said nothing for more
// than 24 hours, and tells of each once. After an outage it marks them all.
func (s *Service) Hush(ctx context.Context, workspace string, at time.Time) error {
	system := access.System(workspace)
	q := table.Query{PK: statePK(workspace, Active), Index: true, To: at.Add(-silence).UTC().Format(instant), Limit: table.MaxPage}
	var errs []error
	for {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return err
		}
		for _, it := range page.Items {
			found, err := readDevice(it)
			if err != nil {
				return err
			}
			_, err = s.change(ctx, system, found.ID, 0, func(d *Device) ([]table.Op, error) {
				d.hush(at)
				return nil, nil
			})
			errs = append(errs, err)
		}
		if q.After = page.Next; q.After == "" {
			return errors.Join(errs...)
		}
	}
}

// Refers reports whether a device is in an asset, or a journey of it is kept.
func (s *Service) Refers(ctx context.Context, workspace, asset string) (bool, error) {
	in, err := s.inside(ctx, workspace, asset)
	return err == nil && in.version > 0, err
}
