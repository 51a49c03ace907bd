package fleet

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where assets rest, and what points at them. A pointer's document is the
// asset's id, and its version is always 1: pointers come and go and never change.
//
//	PK                                SK                      index PK                     index SK
//	WS#w#AST#a                        ASSET                   WS#w#AST#<drawer>            a; open, closed, archived
//	WS#w#AST#a                        BOOKING#<instant>       (not indexed)   booking switched on or off
//	WS#w#AST#a                        EVENT#<ref>, AUDIT#<ref>                see outbox, audit
//	WS#w#VIN#<vin>                    CLAIM                   only while the asset is in service
//	WS#w#NUMBER#<sha256>              CLAIM                   likewise
//	WS#w#CAT#c                        AST#a                   archived assets too
//	WS#w#SEARCH#<active|archived>     <plain text>#<kind>#a   kinds: 1 number, 2 plate, 3 VIN
//	WS#w#NUMBERED#<active|archived>   <number>#a              each asset once, in the order of numbers
//	WS#w#AT#<loc>#<active|archived>   AST#a                   it names the location
//	WS#w#AST#a                        TRANSFER#<instant>#trf  its way from one location to another
//	WS#w#TRF#<loc>                    <instant>#trf           the same, with both locations
func assetPK(workspace, id string) string { return "WS#" + workspace + "#AST#" + id }

func assetKey(workspace, id string) table.Key {
	return table.Key{PK: assetPK(workspace, id), SK: "ASSET"}
}

func searchPK(workspace string, archived bool) string {
	return "WS#" + workspace + "#SEARCH#" + shelf(archived)
}

func numberedPK(workspace string, archived bool) string {
	return "WS#" + workspace + "#NUMBERED#" + shelf(archived)
}

func placePK(workspace, location string, archived bool) string {
	return "WS#" + workspace + "#AT#" + location + "#" + shelf(archived)
}

const transferPrefix = "TRANSFER#"

func transfersPK(workspace, location string) string { return "WS#" + workspace + "#TRF#" + location }

func shelf(archived bool) string {
	if archived {
		return "archived"
	}
	return "active"
}

func vinKey(workspace, vin string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#VIN#" + vin, SK: "CLAIM"}
}

// numberKey tells numbers apart as people do, whatever their case and spaces.
func numberKey(workspace, number string) table.Key {
	sum := sha256.Sum256([]byte(strings.ToUpper(strings.Join(strings.Fields(number), ""))))
	return table.Key{PK: fmt.Sprintf("WS#%s#NUMBER#%x", workspace, sum), SK: "CLAIM"}
}

// pointers lists the items that there must be because a is as it is.
func (a *Asset) pointers() []table.Key {
	if a == nil {
		return nil
	}
	archived := a.Status() == Archived
	keys := []table.Key{{PK: numberedPK(a.Workspace, archived), SK: natural(a.Number) + "#" + a.ID}}
	if a.VIN != "" && !archived {
		keys = append(keys, vinKey(a.Workspace, a.VIN))
	}
	if a.Number != "" && !archived {
		keys = append(keys, numberKey(a.Workspace, a.Number))
	}
	for kind, text := range a.searchable() {
		if text != "" {
			keys = append(keys, table.Key{PK: searchPK(a.Workspace, archived), SK: fmt.Sprintf("%s#%d#%s", text, kind+1, a.ID)})
		}
	}
	for _, id := range a.Categories {
		keys = append(keys, table.Key{PK: categoryPK(a.Workspace, id), SK: pointerPrefix + a.ID})
	}
	for _, id := range a.Places() {
		keys = append(keys, table.Key{PK: placePK(a.Workspace, id, archived), SK: pointerPrefix + a.ID})
	}
	return keys
}

// load reads the asset with this id. Another workspace's is not found.
func (s *Service) load(ctx context.Context, workspace, id string) (*Asset, error) {
	it, err := s.Table.Get(ctx, assetKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchAsset()
	}
	if err != nil {
		return nil, err
	}
	return readAsset(it)
}

func noSuchAsset() error {
	return fault.New(fault.NotFound, "asset.not_found", "There is no such asset here.")
}

func readAsset(it table.Item) (*Asset, error) {
	a := &Asset{Version: it.Version}
	if err := json.Unmarshal(it.Doc, a); err != nil {
		return nil, fmt.Errorf("fleet: asset at %s: %w", it.Key.PK, err)
	}
	was := *a
	was.AssetDetails = a.clone()
	a.was = &was
	return a, nil
}

// save stores what changed of a, with its pointers, its news and an audit
// entry, and any other ops that must hold for the change to be true. Without
// news there is nothing to store.
func (s *Service) save(ctx context.Context, actor access.Actor, a *Asset, also ...table.Op) error {
	if len(a.news) == 0 {
		return nil
	}
	doc, err := json.Marshal(a)
	if err != nil {
		return err
	}
	told, err := s.tellOps(ctx, actor, a.story())
	if err != nil {
		return err
	}
	named, err := s.named(ctx, actor, a)
	if err != nil {
		return err
	}
	moved, err := s.transferred(actor, a)
	if err != nil {
		return err
	}
	ops := slices.Concat([]table.Op{a.put(a.Version-1, doc)}, repoint(a.was, a), opened(a.was, a), named, moved, told, also)
	if err := s.Table.Write(ctx, ops...); err != nil {
		return s.explain(ctx, a, shut(named, err))
	}
	return nil
}

func (a *Asset) put(version int64, doc []byte) table.Op {
	return table.Put(table.Item{
		Key:     assetKey(a.Workspace, a.ID),
		Index:   table.Key{PK: drawerPK(a.Workspace, a.drawer()), SK: a.ID},
		Version: version, Doc: doc,
	})
}

// remove deletes a, which is closed, and everything that points at it.
func (s *Service) remove(ctx context.Context, actor access.Actor, a *Asset, at time.Time) error {
	a.tell(events.AssetDeleted{Object: a.Object()})
	story := a.story()
	story.at = at
	told, err := s.tellOps(ctx, actor, story)
	if err != nil {
		return err
	}
	dropped, err := s.dropped(ctx, a)
	if err != nil {
		return err
	}
	gone := []table.Op{table.Delete(assetKey(a.Workspace, a.ID), a.Version+1)}
	return s.Table.Write(ctx, slices.Concat(gone, repoint(a.was, nil), dropped, told)...)
}

func (a *Asset) story() story {
	st := story{
		pk: assetPK(a.Workspace, a.ID), at: a.Updated, news: a.news,
		object: audit.Object{Type: "asset", ID: a.ID, Name: a.Title()},
	}
	if a.was != nil {
		st.from, st.to = a.was.Object(), a.Object()
	}
	return st
}

// repoint moves the pointers from where they were to where they have to be.
func repoint(was, is *Asset) (ops []table.Op) {
	old, now := was.pointers(), is.pointers()
	for _, k := range old {
		if !slices.Contains(now, k) {
			ops = append(ops, table.Delete(k, 1))
		}
	}
	for _, k := range now {
		if !slices.Contains(old, k) {
			ops = append(ops, table.Put(table.Item{Key: k, Doc: json.RawMessage(`"` + is.ID + `"`)}))
		}
	}
	return ops
}

// opened makes sure that the categories which is newly names are there to be
// named, and stay while it is written.
func opened(was, is *Asset) (ops []table.Op) {
	for _, id := range is.Categories {
		if was == nil || !slices.Contains(was.Categories, id) {
			ops = append(ops, table.Check(openKey(is.Workspace, id), 1))
		}
	}
	return ops
}

// explain puts a refused write into words: which rule it would have broken.
func (s *Service) explain(ctx context.Context, a *Asset, err error) error {
	clash, ok := errors.AsType[*table.Conflict](err)
	if !ok {
		return err
	}
	switch k := clash.Key; {
	case a.VIN != "" && k == vinKey(a.Workspace, a.VIN):
		return s.taken(ctx, k, "vin", "VIN")
	case a.Number != "" && k == numberKey(a.Workspace, a.Number):
		return s.taken(ctx, k, "number", "number")
	case k.SK == openSK:
		return s.closed(ctx, a, k)
	}
	return err
}

func (s *Service) taken(ctx context.Context, claim table.Key, field, name string) error {
	it, err := s.Table.Get(ctx, claim)
	if err != nil {
		return fault.New(fault.Conflict, "asset."+field+"_taken", "Another asset had this %s a moment ago. Try again.", name).At(field)
	}
	return fault.New(fault.Conflict, "asset."+field+"_taken", "The asset %s has this %s. Correct one of them, or archive that asset first.",
		strings.Trim(string(it.Doc), `"`), name).At(field)
}

// closed says which category cannot be named, and why.
func (s *Service) closed(ctx context.Context, a *Asset, open table.Key) error {
	at := slices.IndexFunc(a.Categories, func(id string) bool { return openKey(a.Workspace, id) == open })
	if at < 0 {
		return closing("")
	}
	field := fmt.Sprintf("categories[%d]", at)
	into, err := s.closingInto(ctx, a.Workspace, a.Categories[at])
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return fault.New(fault.Invalid, "asset.categories", "There is no such category. Give its id: cat_…").At(field)
	case err != nil:
		return err
	}
	return closing(into)
}
