package insurance

import (
	"context"
	"strings"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// Filter says which policies or claims a list wants; a zero field wants all.
type Filter struct {
	Asset  string
	Policy string // of claims
	State  State  // of policies
	Stage  Stage  // of claims
	Today  span.Date
	Q      string // of policies: the insurer's name or the number begins so, or one of its words; of claims: the number. Whatever its case
}

// found reports whether one of the texts, or one of their words, begins with what
// is searched.
func (f Filter) found(texts ...string) bool {
	q := strings.ToLower(strings.TrimSpace(f.Q))
	for _, text := range texts {
		if text = strings.ToLower(text); q == "" || strings.HasPrefix(text, q) || strings.Contains(text, " "+q) {
			return true
		}
	}
	return false
}

// Policies returns a page of policies, that which ends last first; of an asset,
// the latest added first, without those of the whole fleet.
func (s *Service) Policies(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int) ([]*Policy, string, error) {
	q := table.Query{PK: policiesPK(actor.Workspace), Index: true, Reverse: true, Limit: limit, After: cursor}
	if f.Asset != "" {
		if err := s.Assets.Seen(ctx, actor, f.Asset); err != nil {
			return nil, "", err
		}
		q.PK, q.Index, q.Prefix = assetPK(actor.Workspace, f.Asset), false, policyPrefix
	}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (p *Policy, _ bool, err error) {
		if q.Index {
			p, err = readPolicy(it)
		} else {
			p, err = s.loadPolicy(ctx, actor.Workspace, strings.Trim(string(it.Doc), `"`))
		}
		if err != nil || f.State != "" && p.State(f.Today) != f.State || !f.found(p.Insurer, p.Number, p.Line()) {
			return nil, false, err
		}
		return keep(p, s.sees(ctx, actor, p))
	})
}

// keep leaves out what is not found, and only that.
func keep[T any](v T, err error) (T, bool, error) {
	if fault.KindOf(err) == fault.NotFound {
		return v, false, nil
	}
	return v, err == nil, err
}

// Covering lists the policies that cover an asset on a day, its own before those
// of the whole fleet; at most 100 of each are looked at.
func (s *Service) Covering(ctx context.Context, actor access.Actor, asset string, on span.Date) (all []*Policy, err error) {
	if err := s.Assets.Seen(ctx, actor, asset); err != nil {
		return nil, err
	}
	for _, pk := range []string{assetPK(actor.Workspace, asset), fleetPK(actor.Workspace)} {
		page, err := s.Table.Query(ctx, table.Query{PK: pk, Prefix: policyPrefix, Reverse: true, Limit: 100})
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			p, err := s.loadPolicy(ctx, actor.Workspace, strings.Trim(string(it.Doc), `"`))
			if err != nil {
				return nil, err
			}
			if p.Covers(asset, on) {
				all = append(all, p)
			}
		}
	}
	return all, nil
}

// LastDay returns the last day on which any policy that names an asset covers it;
// zero if none does. The newest 100 are looked at.
func (s *Service) LastDay(ctx context.Context, workspace, asset string) (last span.Date, err error) {
	page, err := s.Table.Query(ctx, table.Query{PK: assetPK(workspace, asset), Prefix: policyPrefix, Reverse: true, Limit: 100})
	if err != nil {
		return last, err
	}
	for _, it := range page.Items {
		p, err := s.loadPolicy(ctx, workspace, strings.Trim(string(it.Doc), `"`))
		if err != nil {
			return last, err
		}
		on := p.End
		if !p.CancelledOn.IsZero() {
			on = p.CancelledOn
		}
		if last.IsZero() || last.Before(on) {
			last = on
		}
	}
	return last, nil
}

// Claims returns a page of claims, newest first.
func (s *Service) Claims(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int) ([]*Claim, string, error) {
	q := table.Query{PK: claimsPK(actor.Workspace), Index: true, Reverse: true, Limit: limit, After: cursor}
	switch {
	case f.Asset != "":
		if err := s.Assets.Seen(ctx, actor, f.Asset); err != nil {
			return nil, "", err
		}
		q.PK, q.Index, q.Prefix = assetPK(actor.Workspace, f.Asset), false, claimPrefix
	case f.Policy != "":
		q.PK, q.Index, q.Prefix = policyPK(actor.Workspace, f.Policy), false, claimPrefix
	}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (c *Claim, _ bool, err error) {
		if q.Index {
			c, err = readClaim(it)
		} else {
			c, err = s.loadClaim(ctx, actor.Workspace, strings.Trim(string(it.Doc), `"`))
		}
		if err != nil || f.Stage != "" && c.Stage != f.Stage || f.Policy != "" && c.Policy != f.Policy || !f.found(c.Number) {
			return nil, false, err
		}
		if len(actor.Locations) == 0 {
			return c, true, nil
		}
		return keep(c, s.Assets.Seen(ctx, actor, c.Asset))
	})
}

// Refers reports whether an asset was ever named by a policy that still names it,
// or claimed for.
func (s *Service) Refers(ctx context.Context, workspace, asset string) (bool, error) {
	for _, prefix := range []string{policyPrefix, claimPrefix} {
		page, err := s.Table.Query(ctx, table.Query{PK: assetPK(workspace, asset), Prefix: prefix, Limit: 1})
		if err != nil || len(page.Items) > 0 {
			return err == nil, err
		}
	}
	return false, nil
}

// History returns what was done to a policy, newest first.
func (s *Service) History(ctx context.Context, actor access.Actor, id, cursor string, limit int) ([]audit.Entry, string, error) {
	if _, err := s.Policy(ctx, actor, id); err != nil {
		return nil, "", err
	}
	return s.Audit.Of(ctx, actor.Workspace, policyPK(actor.Workspace, id), cursor, limit)
}
