package letter

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Where letters rest:
//
//	PK             SK             index PK               index SK       what
//	WS#w#LETTER    LETTER#<ref>                                         a letter of a workspace; expires
//	WS#w#LETTER    LETTER#<ref>   WS#w#LETTERTO#<hash>   LETTER#<ref>   one to a customer
//	DOOR#LETTER    LETTER#<ref>                                         a letter of no workspace, to somebody who signs in; expires
//
// A letter that was newly stored goes to the table's feed, as events do.
const (
	door   = "DOOR#LETTER"
	prefix = "LETTER#"
)

// keepDays is how long a letter is kept, and with it what became of it.
const keepDays = 90

func partition(workspace string) string {
	if workspace == "" {
		return door
	}
	return "WS#" + workspace + "#LETTER"
}

func key(workspace, id string) table.Key {
	return table.Key{PK: partition(workspace), SK: prefix + ident.Suffix(id)}
}

func bound(k table.Key) string { return k.PK + "#" + k.SK }

// Is reports whether the item at k is a letter to be sent: what the feed and the
// stream's filter select, beside events.
func Is(k table.Key) bool { return strings.HasPrefix(k.SK, prefix) }

// workspaceOf tells the workspace from a partition; empty for none.
func workspaceOf(pk string) string {
	if pk == door {
		return ""
	}
	return strings.TrimSuffix(strings.TrimPrefix(pk, "WS#"), "#LETTER")
}

type record struct {
	Letter
	Sealed []byte `json:"sealed_link,omitempty"`

	key     table.Key
	version int64
}

func read(it table.Item) (r record, err error) {
	if err = json.Unmarshal(it.Doc, &r); err != nil {
		err = fmt.Errorf("letter at %s / %s: %w", it.Key.PK, it.Key.SK, err)
	}
	if r.State == "" {
		r.State = Waiting
	}
	r.key, r.version = it.Key, it.Version
	return r, err
}

// Waits reports whether the letter at it was not sent yet, and has not failed.
func Waits(it table.Item) bool {
	r, err := read(it)
	return err == nil && r.open()
}

// put is the op that stores r as it is now.
func (r record) put() (table.Op, error) {
	doc, err := json.Marshal(r)
	it := table.Item{Key: r.key, Version: r.version, Expires: r.Asked.AddDate(0, 0, keepDays), Doc: doc}
	if r.Customer {
		it.Index = table.Key{PK: toPK(workspaceOf(r.key.PK), r.Email), SK: r.key.SK}
	}
	return table.Put(it), err
}

// toPK is where the letters to a customer are found. The address is hashed: whoever
// sees keys sees no addresses.
func toPK(workspace, email string) string {
	return fmt.Sprintf("WS#%s#LETTERTO#%x", workspace, sha256.Sum256([]byte(strings.ToLower(email))))
}

func (s *Service) load(ctx context.Context, workspace, id string) (record, error) {
	if !ident.Has("ltr", id) {
		return record{}, noSuchLetter(nil)
	}
	it, err := s.Table.Get(ctx, key(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return record{}, noSuchLetter(err)
	}
	if err != nil {
		return record{}, err
	}
	return read(it)
}

// unseal gives r its link.
func (s *Service) unseal(ctx context.Context, r *record) error {
	if len(r.Sealed) == 0 {
		return nil
	}
	link, err := s.Box.Open(ctx, r.Sealed, bound(r.key))
	r.Link = string(link)
	return err
}

func noSuchLetter(cause error) error {
	return fault.New(fault.NotFound, "letter.not_found", "There is no such letter here.").Because(cause)
}

// Kinds lists what rests here. Letters stay: their links lead to the house that
// wrote them.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "letter", PK: "WS#w#LETTER", SK: prefix + "*", Stays: "letters lead to the address that wrote them"},
		{
			Name: "letter to who signs in", PK: door, SK: prefix + "*", Owner: func(table.Item) string { return "" },
			Stays: "letters lead to the address that wrote them",
		},
	}
}
