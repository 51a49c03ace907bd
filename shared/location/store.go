package location

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where locations rest:
//
//	PK                   SK          index PK    index SK
//	WS#w#LOC#l           LOCATION    WS#w#LOC    <plain name>#l
//	WS#w#LOC#l           OPEN        there while the location may be named; its version is always 1
//	WS#w#LOC#l           EVENT#<ref>, AUDIT#<ref>   see outbox, audit
//	WS#w#LOCCODE#code    CLAIM       -> location id
//
// Whoever names a location checks OPEN in the same write. Whoever deactivates
// one removes OPEN first, and only then asks what is there: it cannot grow.
func locationPK(workspace, id string) string { return "WS#" + workspace + "#LOC#" + id }

func locationKey(workspace, id string) table.Key {
	return table.Key{PK: locationPK(workspace, id), SK: "LOCATION"}
}

func openKey(workspace, id string) table.Key {
	return table.Key{PK: locationPK(workspace, id), SK: "OPEN"}
}

func codeKey(workspace, code string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#LOCCODE#" + code, SK: "CLAIM"}
}

func locationsPK(workspace string) string { return "WS#" + workspace + "#LOC" }

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "location", PK: "WS#w#LOC#*", SK: "LOCATION"},
		{Name: "location's opening", PK: "WS#w#LOC#*", SK: "OPEN"},
		{Name: "location code's claim", PK: "WS#w#LOCCODE#*", SK: "CLAIM"},
	}
}

// place is where l is in the list: by name, whatever its case. Nothing in it can
// be mistaken for a separator.
func (l *Location) place() string {
	n := 0
	plain := strings.Map(func(r rune) rune {
		if n == 40 || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		n++
		return unicode.ToUpper(r)
	}, l.Name)
	return plain + "#" + l.ID
}

func read(it table.Item) (*Location, error) {
	l := &Location{Version: it.Version}
	if err := json.Unmarshal(it.Doc, l); err != nil {
		return nil, fmt.Errorf("location: at %s: %w", it.Key.PK, err)
	}
	was := *l
	was.Details = l.clone()
	l.was = &was
	return l, nil
}

// load reads the location with this id. One that is another workspace's, or
// where the actor does not work, is not found.
func (s *Service) load(ctx context.Context, actor access.Actor, id string) (*Location, error) {
	if !actor.At(id) {
		return nil, noSuchLocation()
	}
	it, err := s.Table.Get(ctx, locationKey(actor.Workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchLocation()
	}
	if err != nil {
		return nil, err
	}
	return read(it)
}

// save stores what changed of l, with its code, its news and an audit entry, and
// other ops that go with the change. Without news there is nothing to store.
func (s *Service) save(ctx context.Context, actor access.Actor, l *Location, also ...table.Op) error {
	if len(l.news) == 0 {
		return nil
	}
	doc, err := json.Marshal(l)
	if err != nil {
		return err
	}
	ops := append([]table.Op{table.Put(table.Item{
		Key: locationKey(l.Workspace, l.ID), Index: table.Key{PK: locationsPK(l.Workspace), SK: l.place()},
		Version: l.Version - 1, Doc: doc,
	})}, also...)
	old := ""
	if l.was != nil {
		old = l.was.Code
	}
	if l.Code != old && old != "" {
		ops = append(ops, table.Delete(codeKey(l.Workspace, old), 1))
	}
	if l.Code != old && l.Code != "" {
		ops = append(ops, table.Put(table.Item{Key: codeKey(l.Workspace, l.Code), Doc: json.RawMessage(`"` + l.ID + `"`)}))
	}
	told, err := s.tellOps(ctx, actor, l)
	if err != nil {
		return err
	}
	err = s.Table.Write(ctx, append(ops, told...)...)
	if clash, ok := errors.AsType[*table.Conflict](err); ok && l.Code != old && clash.Key == codeKey(l.Workspace, l.Code) {
		return fault.New(fault.Conflict, "location.code_taken", "Another location has the code %s. Choose another one.", l.Code).At("code")
	}
	return err
}

func (s *Service) tellOps(ctx context.Context, actor access.Actor, l *Location) (ops []table.Op, err error) {
	pk := locationPK(l.Workspace, l.ID)
	for _, e := range l.news {
		op, err := s.Events.Op(ctx, pk, actor, e, l.Updated)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	var changes []audit.Change
	if l.was != nil {
		if changes, err = audit.Diff(l.was.Object(), l.Object(), "version", "updated_at"); err != nil {
			return nil, err
		}
	}
	op, err := s.Audit.Op(pk, actor, l.news[0].Type(), audit.Object{Type: "location", ID: l.ID, Name: l.Name}, changes, l.Updated)
	return append(ops, op), err
}
