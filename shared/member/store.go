package member

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/letter"
	"motorpool/shared/table"
)

// Where members rest:
//
//	PK                     SK             index PK    index SK
//	WS#w#MEM#u             MEMBER         WS#w#MEM    <name>#u
//	WS#w#MEM#u             EVENT#<ref>, AUDIT#<ref>   see outbox, audit
//	WS#w#MEM               ADMINS         the ids of all active members with the role Admin
//	WS#w#MEMFIND           <word>#u       -> id; words of the name, and the address
//	DOOR#MEMBER#<sha256>   w              -> id; of the address: where its owner works
//
// ADMINS is one item, so that two who take the last two Admins away at the same
// moment change the same thing, and one of them is refused. The door goes by the
// address, which is the same in every house into which a workspace may move.
func partition(workspace, id string) string { return "WS#" + workspace + "#MEM#" + id }

func memberKey(workspace, id string) table.Key {
	return table.Key{PK: partition(workspace, id), SK: "MEMBER"}
}

func indexPK(workspace string) string { return "WS#" + workspace + "#MEM" }

func adminsKey(workspace string) table.Key { return table.Key{PK: indexPK(workspace), SK: "ADMINS"} }

func findPK(workspace string) string { return "WS#" + workspace + "#MEMFIND" }

func doorPK(email string) string { return "DOOR#MEMBER#" + ident.Hash(fold(email)) }

func doorKey(workspace, email string) table.Key { return table.Key{PK: doorPK(email), SK: workspace} }

func (s *Service) load(ctx context.Context, workspace, id string) (*Member, error) {
	if !ident.Has("usr", id) {
		return nil, noSuchUser(nil)
	}
	it, err := s.Table.Get(ctx, memberKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchUser(err)
	}
	if err != nil {
		return nil, err
	}
	return read(it)
}

func read(it table.Item) (*Member, error) {
	m := &Member{Version: it.Version}
	if err := json.Unmarshal(it.Doc, m); err != nil {
		return nil, fmt.Errorf("member at %s: %w", it.Key.PK, err)
	}
	was := *m
	m.was = &was
	return m, nil
}

// byEmail returns the member with an address, in any state.
func (s *Service) byEmail(ctx context.Context, workspace, email string) (*Member, error) {
	it, err := s.Table.Get(ctx, doorKey(workspace, email))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchUser(err)
	}
	if err != nil {
		return nil, err
	}
	return s.load(ctx, workspace, unquote(it.Doc))
}

func unquote(doc []byte) string { return strings.Trim(string(doc), `"`) }

func quoted(id string) json.RawMessage { return json.RawMessage(`"` + id + `"`) }

func noSuchUser(cause error) error {
	return fault.New(fault.NotFound, "user.not_found", "There is no such user here.").Because(cause)
}

func (s *Service) save(ctx context.Context, actor access.Actor, m *Member, r *Role, l letter.Letter, also ...table.Op) error {
	return s.saveAs(ctx, actor, m, &change{role: r, letter: l, also: also})
}

// saveAs stores what changed of m with all that hangs on it.
func (s *Service) saveAs(ctx context.Context, actor access.Actor, m *Member, c *change) error {
	if len(m.news) == 0 && c.action == "" {
		return nil
	}
	doc, err := json.Marshal(m)
	if err != nil {
		return err
	}
	ops := append(c.also, table.Put(table.Item{
		Key:     memberKey(m.Workspace, m.ID),
		Index:   table.Key{PK: indexPK(m.Workspace), SK: fold(m.Name) + "#" + m.ID},
		Version: m.Version - 1, Doc: doc,
	}))
	if m.was == nil {
		ops = append(ops, table.Put(table.Item{Key: doorKey(m.Workspace, m.Email), Doc: quoted(m.ID)}))
	}
	for _, part := range []func(context.Context, access.Actor, *Member, *change) ([]table.Op, error){s.admins, s.holding, s.placed, s.written, s.told} {
		more, err := part(ctx, actor, m, c)
		if err != nil {
			return err
		}
		ops = append(ops, more...)
	}
	if err := s.Table.Write(ctx, append(ops, repoint(m.was, m)...)...); err != nil {
		return err
	}
	was := *m
	was.news = nil
	m.was, m.news = &was, nil
	return nil
}

// admins returns the op that keeps the list of Admins true, if m joins or
// leaves it, or fault.Conflict if nobody would be left.
func (s *Service) admins(ctx context.Context, _ access.Actor, m *Member, _ *change) ([]table.Op, error) {
	if m.was.isAdmin() == m.isAdmin() {
		return nil, nil
	}
	ids, version, err := s.list(ctx, adminsKey(m.Workspace))
	if err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == m.ID })
	if m.isAdmin() {
		ids = append(ids, m.ID)
	}
	if len(ids) == 0 {
		return nil, fault.New(fault.Conflict, "user.last_admin", "This is the last active Admin. Make somebody else one first.")
	}
	slices.Sort(ids)
	doc, err := json.Marshal(ids)
	return []table.Op{table.Put(table.Item{Key: adminsKey(m.Workspace), Version: version, Doc: doc})}, err
}

func (s *Service) list(ctx context.Context, k table.Key) (ids []string, version int64, err error) {
	it, err := s.Table.Get(ctx, k)
	if fault.KindOf(err) == fault.NotFound {
		return nil, 0, nil
	}
	if err == nil {
		err = json.Unmarshal(it.Doc, &ids)
	}
	return ids, it.Version, err
}

// placed returns the ops that fail unless the locations that m newly names are there.
func (s *Service) placed(ctx context.Context, actor access.Actor, m *Member, _ *change) (ops []table.Op, err error) {
	if s.Locations == nil {
		return nil, nil
	}
	old, now := m.was.places(), m.places()
	for _, l := range now {
		if slices.Contains(old, l) {
			continue
		}
		op, err := s.Locations.Refer(ctx, actor, l)
		if fault.KindOf(err) == fault.NotFound {
			return nil, fault.New(fault.Invalid, "user.location", "There is no location %s here.", l).At("locations")
		}
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

func (m *Member) places() []string {
	if m == nil {
		return nil
	}
	all := append(slices.Clone(m.Locations), m.DefaultLocation)
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(l string) bool { return l == "" })
}

func (s *Service) written(ctx context.Context, actor access.Actor, m *Member, c *change) ([]table.Op, error) {
	if c.letter.Kind == "" {
		return nil, nil
	}
	l := c.letter
	l.Email, l.Name, l.Asked = m.Email, m.Name, m.Updated
	if actor.Kind == "user" { // the name of a key says nothing to who is invited
		l.By = actor.Name
	}
	op, err := s.Letters.Write(ctx, m.Workspace, l)
	return []table.Op{op}, err
}

// told returns the ops that tell what m has to tell, and to whom it was due.
func (s *Service) told(ctx context.Context, actor access.Actor, m *Member, c *change) (ops []table.Op, err error) {
	pk, action := partition(m.Workspace, m.ID), c.action
	for _, e := range m.news {
		op, err := s.Events.Op(ctx, pk, actor, e, m.Updated)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	if action == "" {
		action = m.news[0].Type()
	}
	var changes []audit.Change
	if m.was != nil {
		if changes, err = audit.Diff(m.was.Object(), m.Object(), "version", "updated_at"); err != nil {
			return nil, err
		}
	}
	op, err := s.Audit.Op(pk, actor, action, m.object(), changes, m.Updated)
	return append(ops, op), err
}

func (m *Member) object() audit.Object { return audit.Object{Type: "user", ID: m.ID, Name: m.Name} }

// remove deletes an invitation with all that hangs on it.
func (s *Service) remove(ctx context.Context, actor access.Actor, m *Member, at time.Time) error {
	door, err := s.Table.Get(ctx, doorKey(m.Workspace, m.Email))
	if err != nil {
		return err
	}
	held, err := s.held(ctx, m.Workspace, m.Role, -1)
	if err != nil {
		return err
	}
	note, err := s.Audit.Op(partition(m.Workspace, m.ID), actor, "user.invitation_revoked", m.object(), nil, at)
	if err != nil {
		return err
	}
	ops := []table.Op{table.Delete(memberKey(m.Workspace, m.ID), m.Version), table.Delete(door.Key, door.Version), held, note}
	return s.Table.Write(ctx, append(ops, repoint(m, nil)...)...)
}

// pointers are where m can be found by the beginning of a word.
func (m *Member) pointers() (keys []table.Key) {
	if m == nil {
		return nil
	}
	words := append(strings.Fields(fold(m.Name)), fold(m.Name), fold(m.Email))
	slices.Sort(words)
	for _, w := range slices.Compact(words) {
		keys = append(keys, table.Key{PK: findPK(m.Workspace), SK: w + "#" + m.ID})
	}
	return keys[:min(len(keys), maxPointers)]
}

// maxPointers keeps one write within what a write can hold.
const maxPointers = 20

func repoint(was, is *Member) (ops []table.Op) {
	old, now := was.pointers(), is.pointers()
	for _, k := range old {
		if !slices.Contains(now, k) {
			ops = append(ops, table.Delete(k, 1))
		}
	}
	for _, k := range now {
		if !slices.Contains(old, k) {
			ops = append(ops, table.Put(table.Item{Key: k, Doc: quoted(is.ID)}))
		}
	}
	return ops
}

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "user of a workspace", PK: "WS#w#MEM#*", SK: "MEMBER"},
		{Name: "Admins", PK: "WS#w#MEM", SK: "ADMINS"},
		{Name: "user's last visit", PK: "WS#w#MEMSEEN", SK: "usr_*"},
		{Name: "user's search entry", PK: "WS#w#MEMFIND", SK: "**"},
		{Name: "role", PK: "WS#w#ROL", SK: "rol_*"},
		{Name: "role's holders", PK: "WS#w#ROL", SK: heldPrefix + "*"},
		{Name: "names of roles", PK: "WS#w#ROL", SK: namesSK},
		{Name: "user's door", PK: "DOOR#MEMBER#*", SK: "w", Owner: func(it table.Item) string { return it.Key.SK }, Last: table.LastDoors},
	}
}
