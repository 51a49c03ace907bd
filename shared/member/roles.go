package member

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Where roles rest, all in one partition, for there are few:
//
//	PK          SK          what
//	WS#w#ROL    rol_…       a role
//	WS#w#ROL    HELD#rol_…  how many members hold it, in whatever state
//	WS#w#ROL    NAMES       -> id by name, whatever its case
//	WS#w#ROL    EVENT#<ref>, AUDIT#<ref>   see outbox, audit
//
// Who gives a role counts up HELD and checks the role in the same write; who
// deletes it deletes HELD at zero. So no role goes from under its holders.
const (
	heldPrefix = "HELD#"
	namesSK    = "NAMES"
	maxRoles   = 200
)

func rolesPK(workspace string) string { return "WS#" + workspace + "#ROL" }

func roleKey(workspace, id string) table.Key { return table.Key{PK: rolesPK(workspace), SK: id} }

func heldKey(workspace, id string) table.Key {
	return table.Key{PK: rolesPK(workspace), SK: heldPrefix + id}
}

func namesKey(workspace string) table.Key { return table.Key{PK: rolesPK(workspace), SK: namesSK} }

// Role returns a role of the workspace.
func (s *Service) Role(ctx context.Context, workspace, id string) (*Role, error) {
	return s.role(ctx, workspace, id)
}

// Roles returns every role of the workspace, Admin first and then the oldest.
func (s *Service) Roles(ctx context.Context, workspace string) ([]*Role, error) {
	all := []*Role{admin(workspace)}
	page, err := s.Table.Query(ctx, table.Query{PK: rolesPK(workspace), Prefix: "rol_", Limit: table.MaxPage})
	if err != nil {
		return nil, err
	}
	for _, it := range page.Items {
		r, err := readRole(it)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// CreateRole adds a role. It can allow no more than the actor may do.
func (s *Service) CreateRole(ctx context.Context, actor access.Actor, d RoleDetails, at time.Time) (r *Role, err error) {
	err = table.Again(ctx, tries, func() error {
		if r, err = createRole(s.NewID("rol"), actor.Workspace, d, at); err != nil {
			return err
		}
		if err := roleWithin(actor, r.Grants); err != nil {
			return err
		}
		return s.saveRole(ctx, actor, r)
	})
	return r, err
}

// EditRole changes a role, for all who hold it at once, under the terms of Edit.
// Who edits it holds all that it allowed before, and all that it will.
func (s *Service) EditRole(ctx context.Context, actor access.Actor, id string, edit func(*RoleDetails) error, ifVersion int64, at time.Time) (r *Role, err error) {
	err = table.Again(ctx, tries, func() error {
		if r, err = s.editable(ctx, actor, id, ifVersion); err != nil {
			return err
		}
		d := r.RoleDetails
		d.Grants = append([]access.Grant{}, d.Grants...)
		if err := edit(&d); err != nil {
			return err
		}
		if err := r.Describe(d, at); err != nil {
			return err
		}
		if err := roleWithin(actor, r.Grants); err != nil {
			return err
		}
		return s.saveRole(ctx, actor, r)
	})
	return r, err
}

// DeleteRole removes a role that nobody holds.
func (s *Service) DeleteRole(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) error {
	return table.Again(ctx, tries, func() error {
		r, err := s.editable(ctx, actor, id, ifVersion)
		if err != nil {
			return err
		}
		n, version, err := s.count(ctx, r.Workspace, r.ID)
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.Conflict, "role.in_use", "%s. Give them another one first.", holders(n))
		}
		r.Updated = at
		r.news = append(r.news, events.RoleDeleted{Object: r.Object()})
		ops := []table.Op{table.Delete(roleKey(r.Workspace, r.ID), r.Version), table.Check(heldKey(r.Workspace, r.ID), 0)}
		if version > 0 {
			ops[1] = table.Delete(heldKey(r.Workspace, r.ID), version)
		}
		return s.writeRole(ctx, actor, r, "", ops)
	})
}

func holders(n int) string {
	if n == 1 {
		return "1 user holds this role"
	}
	return fmt.Sprintf("%d users hold this role", n)
}

func (s *Service) editable(ctx context.Context, actor access.Actor, id string, ifVersion int64) (*Role, error) {
	r, err := s.role(ctx, actor.Workspace, id)
	switch {
	case err != nil:
		return nil, err
	case r.BuiltIn():
		return nil, builtIn()
	case ifVersion != 0 && ifVersion != r.Version:
		return nil, fault.New(fault.Stale, "role.stale", "This role has changed: it is at version %d, not %d. Load it again and decide anew.", r.Version, ifVersion)
	}
	if _, more := exceeds(actor.May, actor, r.Grants); more {
		return nil, fault.New(fault.Denied, "role.outranked", "This role may do more than you. Ask an Admin.")
	}
	return r, nil
}

func roleWithin(actor access.Actor, grants []access.Grant) error {
	if g, more := exceeds(actor.May, actor, grants); more {
		return fault.New(fault.Denied, "role.beyond", "You can give only what you may do yourself, and %s is not.", g).At("grants")
	}
	return nil
}

func (s *Service) role(ctx context.Context, workspace, id string) (*Role, error) {
	missing := fault.New(fault.NotFound, "role.not_found", "There is no such role here.")
	if id == Admin {
		return admin(workspace), nil
	}
	if !ident.Has("rol", id) {
		return nil, missing
	}
	it, err := s.Table.Get(ctx, roleKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, missing.Because(err)
	}
	if err != nil {
		return nil, err
	}
	return readRole(it)
}

func readRole(it table.Item) (*Role, error) {
	r := &Role{Version: it.Version}
	if err := json.Unmarshal(it.Doc, r); err != nil {
		return nil, fmt.Errorf("role at %s / %s: %w", it.Key.PK, it.Key.SK, err)
	}
	was := *r
	r.was = &was
	return r, nil
}

func (s *Service) saveRole(ctx context.Context, actor access.Actor, r *Role) error {
	if len(r.news) == 0 {
		return nil
	}
	doc, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return s.writeRole(ctx, actor, r, r.Name, []table.Op{table.Put(table.Item{Key: roleKey(r.Workspace, r.ID), Version: r.Version - 1, Doc: doc})})
}

// writeRole does ops, sees that no two roles have one name (an empty one frees
// r's), and tells.
func (s *Service) writeRole(ctx context.Context, actor access.Actor, r *Role, name string, ops []table.Op) error {
	named, err := s.named(ctx, r, name)
	if err != nil {
		return err
	}
	pk := rolesPK(r.Workspace)
	for _, e := range r.news {
		op, err := s.Events.Op(ctx, pk, actor, e, r.Updated)
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	var changes []audit.Change
	if r.was != nil {
		if changes, err = audit.Diff(r.was.Object(), r.Object(), "version", "updated_at"); err != nil {
			return err
		}
	}
	note, err := s.Audit.Op(pk, actor, r.news[0].Type(), audit.Object{Type: "role", ID: r.ID, Name: r.Name}, changes, r.Updated)
	if err != nil {
		return err
	}
	return s.Table.Write(ctx, append(append(ops, named...), note)...)
}

func (s *Service) named(ctx context.Context, r *Role, name string) ([]table.Op, error) {
	names, version, err := s.names(ctx, r.Workspace)
	if err != nil {
		return nil, err
	}
	if id, taken := names[fold(name)]; taken && id != r.ID {
		return nil, fault.New(fault.Conflict, "role.name_taken", "Another role is called %s. Choose another name.", name).At("name")
	}
	if r.was != nil {
		delete(names, fold(r.was.Name))
	}
	if name != "" {
		names[fold(name)] = r.ID
	}
	if len(names) > maxRoles {
		return nil, fault.New(fault.Conflict, "role.too_many", "A workspace has at most %d roles.", maxRoles)
	}
	doc, err := json.Marshal(names)
	return []table.Op{table.Put(table.Item{Key: namesKey(r.Workspace), Version: version, Doc: doc})}, err
}

func (s *Service) names(ctx context.Context, workspace string) (map[string]string, int64, error) {
	names := map[string]string{}
	it, err := s.Table.Get(ctx, namesKey(workspace))
	if fault.KindOf(err) == fault.NotFound {
		return names, 0, nil
	}
	if err == nil {
		err = json.Unmarshal(it.Doc, &names)
	}
	return names, it.Version, err
}

// holding returns the ops that move m from the count of one role to another's.
func (s *Service) holding(ctx context.Context, _ access.Actor, m *Member, c *change) (ops []table.Op, err error) {
	if m.was != nil && m.was.Role == m.Role {
		return nil, nil
	}
	if m.was != nil {
		op, err := s.held(ctx, m.Workspace, m.was.Role, -1)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	op, err := s.held(ctx, m.Workspace, m.Role, +1)
	if err != nil {
		return nil, err
	}
	if ops = append(ops, op); !c.role.BuiltIn() {
		ops = append(ops, table.Check(roleKey(m.Workspace, m.Role), c.role.Version))
	}
	return ops, nil
}

func (s *Service) held(ctx context.Context, workspace, id string, by int) (table.Op, error) {
	n, version, err := s.count(ctx, workspace, id)
	if err != nil {
		return table.Op{}, err
	}
	doc, err := json.Marshal(n + by)
	return table.Put(table.Item{Key: heldKey(workspace, id), Version: version, Doc: doc}), err
}

func (s *Service) count(ctx context.Context, workspace, id string) (n int, version int64, err error) {
	it, err := s.Table.Get(ctx, heldKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return 0, 0, nil
	}
	if err == nil {
		err = json.Unmarshal(it.Doc, &n)
	}
	return n, it.Version, err
}
