package apikey

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Where keys rest:
//
//	PK                  SK         what
//	DOOR#KEY#<sha256>   KEY        -> workspace and key; gone once the key is revoked
//	WS#w#KEY            key id     the key, without itself
//	WS#w#KEY            AUDIT#ref  who made and revoked it
//
// The front door is the only way from a key to its workspace.
const (
	idPrefix   = "key_"
	livePrefix = "mp_live_"
	testPrefix = "mp_test_"
	maxPlain   = 200
)

func partition(workspace string) string { return "WS#" + workspace + "#KEY" }

func doorKey(hash string) table.Key { return table.Key{PK: "DOOR#KEY#" + hash, SK: "KEY"} }

type door struct {
	Workspace string `json:"workspace"`
	Key       string `json:"key"`
}

type record struct {
	*Key
	Hash string `json:"sha256"`
}

func (k *Key) object() audit.Object { return audit.Object{Type: "api_key", ID: k.ID, Name: k.Name} }

func (s *Service) draft(actor access.Actor, name, plain string, at time.Time) *Key {
	k := &Key{
		ID: s.NewID("key"), Name: strings.TrimSpace(name), Workspace: actor.Workspace, Last4: plain[len(plain)-4:],
		Locations: actor.Locations, Created: at, CreatedBy: actor, hash: ident.Hash(plain),
	}
	for _, prefix := range []string{livePrefix, testPrefix} {
		if strings.HasPrefix(plain, prefix) {
			k.Prefix = prefix
		}
	}
	return k
}

func (s *Service) add(ctx context.Context, actor access.Actor, k *Key, at time.Time) error {
	ops, err := s.saving(k)
	if err != nil {
		return err
	}
	doc, err := json.Marshal(door{k.Workspace, k.ID})
	if err != nil {
		return err
	}
	scopes := any("all")
	if len(k.Scopes) > 0 {
		scopes = k.Scopes
	}
	note, err := s.Audit.Op(partition(k.Workspace), actor, "api_key.created", k.object(), []audit.Change{{Field: "scopes", To: scopes}}, at)
	if err != nil {
		return err
	}
	ops = append(ops, table.Put(table.Item{Key: doorKey(k.hash), Doc: doc}), note)
	if err := s.Table.Write(ctx, ops...); err != nil {
		return err
	}
	k.Version++
	return nil
}

func (s *Service) saving(k *Key) ([]table.Op, error) {
	doc, err := json.Marshal(record{k, k.hash})
	at := table.Key{PK: partition(k.Workspace), SK: k.ID}
	return []table.Op{table.Put(table.Item{Key: at, Version: k.Version, Doc: doc})}, err
}

func (s *Service) load(ctx context.Context, workspace, id string) (*Key, error) {
	missing := fault.New(fault.NotFound, "key.not_found", "There is no such API key.")
	if !ident.Has("key", id) {
		return nil, missing
	}
	it, err := s.Table.Get(ctx, table.Key{PK: partition(workspace), SK: id})
	if fault.KindOf(err) == fault.NotFound {
		return nil, missing.Because(err)
	}
	if err != nil {
		return nil, err
	}
	return read(it)
}

// find goes through the front door.
func (s *Service) find(ctx context.Context, hash string) (*Key, error) {
	it, err := s.Table.Get(ctx, doorKey(hash))
	if err != nil {
		return nil, err
	}
	var d door
	if err := json.Unmarshal(it.Doc, &d); err != nil {
		return nil, err
	}
	return s.load(ctx, d.Workspace, d.Key)
}

func read(it table.Item) (*Key, error) {
	r := record{Key: &Key{Version: it.Version}}
	err := json.Unmarshal(it.Doc, &r)
	r.hash = r.Hash
	return r.Key, err
}

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "API key", PK: "WS#w#KEY", SK: "key_*"},
		{Name: "API key's door", PK: "DOOR#KEY#*", SK: "KEY", Owner: table.Named, Last: table.LastDoors},
	}
}
