package company

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where companies rest, and what points at them. A pointer's document is the
// company's id, and its version is always 1: pointers come and go and never change.
//
//	PK                               SK                      index PK                     index SK
//	WS#w#COM#c                       COMPANY                 WS#w#COM#<active|archived>   c
//	WS#w#COM#c                       EVENT#<ref>, AUDIT#<ref>                see outbox, audit
//	WS#w#COMSEARCH#<active|archived> <plain text>#<kind>#c   kinds: 1 name, 2 tax number, 3 e-mail
//	WS#w#COMNAMED#<active|archived>  <plain name>#c          each company once, in the order of names
//	WS#w#COMSAME                     <what>#<text>#c         active ones: tax, name, email
//	WS#w#CONTACT#<person>            c                       archived companies too
func companyPK(workspace, id string) string { return "WS#" + workspace + "#COM#" + id }

func companyKey(workspace, id string) table.Key {
	return table.Key{PK: companyPK(workspace, id), SK: "COMPANY"}
}

func indexPK(workspace string, archived bool) string {
	return "WS#" + workspace + "#COM#" + drawer(archived)
}

func searchPK(workspace string, archived bool) string {
	return "WS#" + workspace + "#COMSEARCH#" + drawer(archived)
}

func namedPK(workspace string, archived bool) string {
	return "WS#" + workspace + "#COMNAMED#" + drawer(archived)
}

func samePK(workspace string) string { return "WS#" + workspace + "#COMSAME" }

func contactPK(workspace, person string) string { return "WS#" + workspace + "#CONTACT#" + person }

func drawer(archived bool) string {
	if archived {
		return "archived"
	}
	return "active"
}

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "company", PK: "WS#w#COM#*", SK: "COMPANY"},
		{Name: "company's search entry", PK: "WS#w#COMSEARCH#*", SK: "**"},
		{Name: "place in the list of companies", PK: "WS#w#COMNAMED#*", SK: "**"},
		{Name: "what companies may share", PK: "WS#w#COMSAME", SK: "**"},
		{Name: "contact's company", PK: "WS#w#CONTACT#*", SK: "*"},
	}
}

// pointers lists the items that there must be because c is as it is.
func (c *Company) pointers() []table.Key {
	if c == nil {
		return nil
	}
	archived := c.Status() == Archived
	keys := []table.Key{{PK: namedPK(c.Workspace, archived), SK: otherwise(plain(c.TradingName), "~") + "#" + c.ID}}
	for _, text := range c.searchable() {
		keys = append(keys, table.Key{PK: searchPK(c.Workspace, archived), SK: text + "#" + c.ID})
	}
	if !archived {
		for _, what := range c.shared() {
			keys = append(keys, table.Key{PK: samePK(c.Workspace), SK: what + "#" + c.ID})
		}
	}
	for _, k := range c.Contacts {
		keys = append(keys, table.Key{PK: contactPK(c.Workspace, k.Person), SK: c.ID})
	}
	return keys
}

func otherwise(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// load reads the company with this id. Another workspace's is not found.
func (s *Service) load(ctx context.Context, workspace, id string) (*Company, error) {
	it, err := s.Table.Get(ctx, companyKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, "company.not_found", "There is no such company here.")
	}
	if err != nil {
		return nil, err
	}
	return read(it)
}

func read(it table.Item) (*Company, error) {
	c := &Company{Version: it.Version}
	if err := json.Unmarshal(it.Doc, c); err != nil {
		return nil, fmt.Errorf("company: %s: %w", it.Key.PK, err)
	}
	was := *c
	was.Details, was.Contacts = c.clone(), cloneContacts(c.Contacts)
	c.was = &was
	return c, nil
}

// save stores what changed of c, with its pointers, its news and an audit entry,
// and any other ops that must hold for the change to be true. Without news there
// is nothing to store.
func (s *Service) save(ctx context.Context, actor access.Actor, c *Company, also ...table.Op) error {
	ops, err := s.ops(ctx, actor, c)
	if err != nil || len(ops) == 0 {
		return err
	}
	return s.Table.Write(ctx, append(ops, also...)...)
}

func (s *Service) ops(ctx context.Context, actor access.Actor, c *Company) ([]table.Op, error) {
	if len(c.news) == 0 {
		return nil, nil
	}
	doc, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	told, err := s.tellOps(ctx, actor, c)
	if err != nil {
		return nil, err
	}
	return slices.Concat([]table.Op{table.Put(table.Item{
		Key:     companyKey(c.Workspace, c.ID),
		Index:   table.Key{PK: indexPK(c.Workspace, c.Status() == Archived), SK: c.ID},
		Version: c.Version - 1, Doc: doc,
	})}, repoint(c.was, c), told), nil
}

// repoint moves the pointers from where they were to where they have to be.
func repoint(was, is *Company) (ops []table.Op) {
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

// pointed is the company that a pointer leads to; nil if it is gone.
func (s *Service) pointed(ctx context.Context, workspace string, it table.Item) (*Company, error) {
	c, err := s.load(ctx, workspace, strings.Trim(string(it.Doc), `"`))
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	return c, err
}
