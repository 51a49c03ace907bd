package document

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// Where documents rest, and what points at them. A pointer's document is the id
// of what it points at, and its version is always 1.
//
//	PK                      SK                  index PK             index SK
//	WS#w#DOC#d              DOCUMENT            WS#w#DOC#<state>     <instant of the last change>#d
//	WS#w#DOC#d              EVENT#<ref>, AUDIT#<ref>     see outbox, audit
//	WS#w#DOCOF#<owner>      d
//	WS#w#DOCNUMBER          <plain number>#d
//	WS#w#DOCEXPIRES         <last day>#d        what was handed in and not rejected
//	WS#w#DOCSENT#<owner>    SENT                what the owner's people were told
//	WS#w#DOCLOG             <instant>#<owner>   one digest that was told; expires
//	WS#w#DOCSTAFF           <sha256 of e-mail>#<instant>#<owner>   lines for the next digest of one of the staff
//	WS#w#DOCSTAFFED         <sha256 of e-mail>  up to which line they have had it
//	WS#w#DOCSETTINGS        SETTINGS            who is told, and when
//	WS#w#DOCDAY             DAY                 the last day on which expiries were looked at
//	DOOR#DOCLINK#<sha256>   LINK                a door: lets its holder hand in what it names
func documentPK(workspace, id string) string { return "WS#" + workspace + "#DOC#" + id }

func documentKey(workspace, id string) table.Key {
	return table.Key{PK: documentPK(workspace, id), SK: "DOCUMENT"}
}

func statePK(workspace string, s State) string { return "WS#" + workspace + "#DOC#" + string(s) }

func ownerPK(workspace, owner string) string { return "WS#" + workspace + "#DOCOF#" + owner }

func numberPK(workspace string) string { return "WS#" + workspace + "#DOCNUMBER" }

func expiresPK(workspace string) string { return "WS#" + workspace + "#DOCEXPIRES" }

func sentKey(workspace, owner string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#DOCSENT#" + owner, SK: "SENT"}
}

func logPK(workspace string) string { return "WS#" + workspace + "#DOCLOG" }

func staffPK(workspace string) string { return "WS#" + workspace + "#DOCSTAFF" }

func staffedKey(workspace, reader string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#DOCSTAFFED", SK: reader}
}

func settingsKey(workspace string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#DOCSETTINGS", SK: "SETTINGS"}
}

func dayKey(workspace string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#DOCDAY", SK: "DAY"}
}

func linkKey(hash string) table.Key { return table.Key{PK: "DOOR#DOCLINK#" + hash, SK: "LINK"} }

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "document", PK: "WS#w#DOC#*", SK: "DOCUMENT"},
		{Name: "owner's document", PK: "WS#w#DOCOF#*", SK: "*"},
		{Name: "document's number", PK: "WS#w#DOCNUMBER", SK: "**"},
		{Name: "document's last day", PK: "WS#w#DOCEXPIRES", SK: "**"},
		{Name: "digest of expiries", PK: "WS#w#DOCLOG", SK: "**"},
		{Name: "line for a digest of the staff", PK: "WS#w#DOCSTAFF", SK: "**"},
		{Name: "digest of the staff", PK: "WS#w#DOCSTAFFED", SK: "*"},
		{Name: "log of expiry notices", PK: "WS#w#DOCSENT#*", SK: "SENT"},
		{Name: "settings of expiry notices", PK: "WS#w#DOCSETTINGS", SK: "SETTINGS"},
		{Name: "last day of expiry notices", PK: "WS#w#DOCDAY", SK: "DAY"},
		{Name: "upload link", PK: "DOOR#DOCLINK#*", SK: "LINK", Owner: table.Named, Last: table.LastDoors},
	}
}

// plain is a number as it is searched for: letters and digits only, upper case.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, s)
}

// pointers lists the items that there must be because d is as it is.
func (d *Document) pointers() []table.Key {
	if d == nil {
		return nil
	}
	keys := []table.Key{{PK: ownerPK(d.Workspace, d.Owner.ID), SK: d.ID}}
	if n := plain(d.Paper.Number); n != "" {
		keys = append(keys, table.Key{PK: numberPK(d.Workspace), SK: n + "#" + d.ID})
	}
	if !d.Paper.Expires.IsZero() && d.State != Rejected {
		keys = append(keys, table.Key{PK: expiresPK(d.Workspace), SK: d.Paper.Expires.String() + "#" + d.ID})
	}
	return keys
}

// load reads the document with this id. Another workspace's is not found, nor
// one whose owner the actor may not see.
func (s *Service) load(ctx context.Context, actor access.Actor, id string) (*Document, error) {
	it, err := s.Table.Get(ctx, documentKey(actor.Workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuch()
	}
	if err != nil {
		return nil, err
	}
	d, err := read(it)
	if err != nil {
		return nil, err
	}
	seen, err := s.sees(ctx, actor, d.Owner)
	if err == nil && !seen {
		err = noSuch()
	}
	return d, err
}

func noSuch() error {
	return fault.New(fault.NotFound, "document.not_found", "There is no such document here.")
}

func read(it table.Item) (*Document, error) {
	d := &Document{Version: it.Version}
	if err := json.Unmarshal(it.Doc, d); err != nil {
		return nil, fmt.Errorf("document: %s: %w", it.Key.PK, err)
	}
	was := *d
	was.Before = slices.Clone(d.Before)
	d.was = &was
	return d, nil
}

// ops is everything that stores d as it is now, with its pointers, news and an
// audit entry, and takes the files that are new.
func (s *Service) ops(ctx context.Context, actor access.Actor, d *Document) ([]table.Op, error) {
	if len(d.news) == 0 {
		return nil, nil
	}
	doc, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	ops := []table.Op{table.Put(table.Item{
		Key:     documentKey(d.Workspace, d.ID),
		Index:   table.Key{PK: statePK(d.Workspace, d.State), SK: d.Updated.UTC().Format(instant) + "#" + d.ID},
		Version: d.Version - 1, Doc: doc,
	})}
	ops = append(ops, repoint(d.was, d)...)
	found, err := s.refind(ctx, actor, d)
	if err != nil {
		return nil, err
	}
	files, err := s.take(ctx, d)
	if err != nil {
		return nil, err
	}
	told, err := s.tellOps(ctx, actor, d)
	return slices.Concat(ops, found, files, told), err
}

const instant = "2006-01-02T15:04:05.000Z"

// repoint moves the pointers from where they were to where they have to be.
func repoint(was, is *Document) (ops []table.Op) {
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

// tellOps returns the ops that tell of d's changes: its news, and an audit entry
// by the name of the first of them.
func (s *Service) tellOps(ctx context.Context, actor access.Actor, d *Document) (ops []table.Op, err error) {
	pk := documentPK(d.Workspace, d.ID)
	for _, e := range d.news {
		op, err := s.Events.Op(ctx, pk, actor, e, d.Updated)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	var changes []audit.Change
	if d.was != nil {
		was, is := d.was.public(dayOf(d.Updated)), d.public(dayOf(d.Updated))
		if changes, err = audit.Diff(was, is, "version", "updated_at"); err != nil {
			return nil, err
		}
	}
	object := audit.Object{Type: "document", ID: d.ID, Name: d.Type}
	op, err := s.Audit.Op(pk, actor, d.news[0].Type(), object, changes, d.Updated)
	return append(ops, op), err
}

func dayOf(at time.Time) span.Date { return span.DateOf(at.UTC()) }

// stored reads the document at k into doc and returns its version; zero if
// there is none.
func (s *Service) stored(ctx context.Context, k table.Key, doc any) (int64, error) {
	it, err := s.Table.Get(ctx, k)
	if fault.KindOf(err) == fault.NotFound {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return it.Version, json.Unmarshal(it.Doc, doc)
}
