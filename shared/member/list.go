package member

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Filter says which members a list wants; a zero field wants all.
type Filter struct {
	State State
	Role  string
	Q     string // a word of the name, or the address, begins so, whatever its case
}

func (f Filter) wants(actor access.Actor, m *Member) bool {
	return sees(actor, m) && (f.State == "" || f.State == m.State) && (f.Role == "" || f.Role == m.Role)
}

// Get returns a member whom the actor sees, in any state.
func (s *Service) Get(ctx context.Context, actor access.Actor, id string) (*Member, error) {
	m, err := s.load(ctx, actor.Workspace, id)
	if err == nil && !sees(actor, m) {
		return nil, noSuchUser(nil)
	}
	return m, err
}

// List returns a page of the members whom the actor sees, by name; with Q in the
// order of what they were found by. It may lag a moment behind.
func (s *Service) List(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int) ([]*Member, string, error) {
	q := table.Query{PK: indexPK(actor.Workspace), Index: true, Limit: limit, After: cursor}
	if f.Q == "" {
		return table.Sift(ctx, s.Table, q, func(it table.Item) (*Member, bool, error) {
			m, err := read(it)
			return m, err == nil && f.wants(actor, m), err
		})
	}
	q = table.Query{PK: findPK(actor.Workspace), Prefix: fold(f.Q), Limit: limit, After: cursor}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Member, bool, error) {
		m, err := s.load(ctx, actor.Workspace, unquote(it.Doc))
		if fault.KindOf(err) == fault.NotFound {
			return nil, false, nil
		}
		return m, err == nil && f.wants(actor, m) && m.firstFound(q.Prefix) == it.Key.SK, err
	})
}

// firstFound is the first of the pointers by which a prefix finds m, so that a
// page has m once.
func (m *Member) firstFound(prefix string) string {
	for _, k := range m.pointers() {
		if strings.HasPrefix(k.SK, prefix) {
			return k.SK
		}
	}
	return ""
}

// Places returns where somebody with this address works: Workspace, and ID as
// who they do. What they may do there is for Member to say.
func (s *Service) Places(ctx context.Context, email string) (all []access.Actor, err error) {
	err = s.each(ctx, email, func(m *Member) {
		if m.State == Active {
			all = append(all, access.Actor{Kind: "user", ID: m.ID, Name: m.Name, Workspace: m.Workspace})
		}
	})
	return all, err
}

// Known returns what somebody with this address is called where they work, or
// fault.NotFound.
func (s *Service) Known(ctx context.Context, email string) (name string, err error) {
	err = s.each(ctx, email, func(m *Member) { name = m.Name })
	if err == nil && name == "" {
		err = noSuchUser(nil)
	}
	return name, err
}

func (s *Service) each(ctx context.Context, email string, do func(*Member)) error {
	page, err := s.Table.Query(ctx, table.Query{PK: doorPK(email), Limit: table.MaxPage})
	if err != nil {
		return err
	}
	for _, it := range page.Items {
		m, err := s.load(ctx, it.Key.SK, unquote(it.Doc))
		if err != nil {
			return err
		}
		do(m)
	}
	return nil
}

// Holding returns the active members who may do what g grants, at most n of
// them: those whom news about it is for. It may lag a moment behind.
func (s *Service) Holding(ctx context.Context, workspace string, g access.Grant, n int) (all []*Member, err error) {
	roles, err := s.Roles(ctx, workspace)
	if err != nil {
		return nil, err
	}
	may := map[string]bool{}
	for _, r := range roles {
		may[r.ID] = slices.Contains(r.Grants, g)
	}
	for cursor := ""; ; {
		page, next, err := s.List(ctx, access.System(workspace), Filter{State: Active}, cursor, table.MaxPage)
		if err != nil {
			return nil, err
		}
		for _, m := range page {
			if may[m.Role] && len(all) < n {
				all = append(all, m)
			}
		}
		if cursor = next; next == "" || len(all) == n {
			return all, nil
		}
	}
}

// Holders returns how many members hold a role, disabled and invited ones too.
func (s *Service) Holders(ctx context.Context, workspace, id string) (int, error) {
	n, _, err := s.count(ctx, workspace, id)
	return n, err
}

// Held returns how many members hold each role, Admin too; who nobody holds is
// not in it.
func (s *Service) Held(ctx context.Context, workspace string) (map[string]int, error) {
	held := map[string]int{}
	page, err := s.Table.Query(ctx, table.Query{PK: rolesPK(workspace), Prefix: heldPrefix, Limit: table.MaxPage})
	for _, it := range page.Items {
		var n int
		if err := json.Unmarshal(it.Doc, &n); err != nil {
			return nil, err
		}
		held[strings.TrimPrefix(it.Key.SK, heldPrefix)] = n
	}
	return held, err
}
