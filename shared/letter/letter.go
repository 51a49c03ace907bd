// Package letter keeps the e-mails that the product wants to be written:
// invitations, sign-in links, new passwords.
//
// A letter is asked for in the transaction that makes it needed, so there is
// none for what did not happen and none is forgotten. What it says beyond names
// is a link; since that lets somebody in, it is stored sealed and is in no list.
// Words, sending and the log of what was sent are left to who reads Kind.
package letter

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/secrets"
	"motorpool/shared/table"
)

// Kind says what a letter is about, and so in which words it is written.
type Kind string

// The kinds there are.
const (
	Invitation Kind = "invitation" // come and work here; Link accepts
	Joined     Kind = "joined"     // you work here now, too; Link signs in as usual
	NewLink    Kind = "sign_in"    // Link signs in, once
	Reset      Kind = "reset"      // Link leads to a new password, once
	NewPapers  Kind = "new_papers" // Lines say which papers expire; Link takes new ones
	Expiring   Kind = "expiring"   // Lines say whose papers expire; Link shows them
)

// Letter is one e-mail to one person.
type Letter struct {
	ID      string    `json:"id"` // ltr_…, given by Write
	Kind    Kind      `json:"kind"`
	Email   string    `json:"email"`
	Name    string    `json:"name,omitempty"`
	By      string    `json:"by,omitempty"`        // who asked for it, as people call them
	Asked   time.Time `json:"asked_at"`            // when
	Expires time.Time `json:"expires_at,omitzero"` // when Link stops working; zero: never
	Lines   []string  `json:"lines,omitempty"`     // what it is about, one by one
	Link    string    `json:"-"`                   // a path of the console: "/sign-in/…"
}

// keepDays is how long a letter is kept.
const keepDays = 90

// Service is what the rest of the product may ask.
type Service struct {
	Table table.Table
	Box   secrets.Box
	NewID ident.Source
}

// Where letters rest:
//
//	PK             SK        what
//	WS#w#LETTER    <ref>     a letter of a workspace; expires
//	DOOR#LETTER    <ref>     a letter of no workspace, to somebody who signs in; expires
func partition(workspace string) string {
	if workspace == "" {
		return "DOOR#LETTER"
	}
	return "WS#" + workspace + "#LETTER"
}

func bound(k table.Key) string { return k.PK + "#" + k.SK }

type record struct {
	Letter
	Sealed []byte `json:"sealed_link,omitempty"`
}

// Write returns the op that asks for a letter. An empty workspace is none: who
// signs in does so before they enter one.
func (s *Service) Write(ctx context.Context, workspace string, l Letter) (table.Op, error) {
	l.ID = s.NewID("ltr")
	k := table.Key{PK: partition(workspace), SK: ident.Suffix(l.ID)}
	r := record{Letter: l}
	if l.Link != "" {
		var err error
		if r.Sealed, err = s.Box.Seal(ctx, []byte(l.Link), bound(k)); err != nil {
			return table.Op{}, err
		}
	}
	doc, err := json.Marshal(r)
	return table.Put(table.Item{Key: k, Expires: l.Asked.AddDate(0, 0, keepDays), Doc: doc}), err
}

// Read returns a letter with its link.
func (s *Service) Read(ctx context.Context, workspace, id string) (Letter, error) {
	if !ident.Has("ltr", id) {
		return Letter{}, noSuchLetter(nil)
	}
	k := table.Key{PK: partition(workspace), SK: ident.Suffix(id)}
	it, err := s.Table.Get(ctx, k)
	if fault.KindOf(err) == fault.NotFound {
		return Letter{}, noSuchLetter(err)
	}
	if err != nil {
		return Letter{}, err
	}
	r, err := read(it)
	if err != nil || len(r.Sealed) == 0 {
		return r.Letter, err
	}
	link, err := s.Box.Open(ctx, r.Sealed, bound(k))
	r.Link = string(link)
	return r.Letter, err
}

// List returns a page of the letters of a workspace, or of none, newest first
// and without their links.
func (s *Service) List(ctx context.Context, workspace, cursor string, limit int) ([]Letter, string, error) {
	q := table.Query{PK: partition(workspace), Reverse: true, Limit: limit, After: cursor}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (Letter, bool, error) {
		r, err := read(it)
		return r.Letter, true, err
	})
}

func read(it table.Item) (r record, err error) {
	if err = json.Unmarshal(it.Doc, &r); err != nil {
		err = fmt.Errorf("letter at %s / %s: %w", it.Key.PK, it.Key.SK, err)
	}
	return r, err
}

func noSuchLetter(cause error) error {
	return fault.New(fault.NotFound, "letter.not_found", "There is no such letter here.").Because(cause)
}

// Kinds lists what rests here. Letters stay: their links lead to the house that
// wrote them.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "letter", PK: "WS#w#LETTER", SK: "*", Stays: "letters lead to the address that wrote them"},
		{
			Name: "letter to who signs in", PK: "DOOR#LETTER", SK: "*", Owner: func(table.Item) string { return "" },
			Stays: "letters lead to the address that wrote them",
		},
	}
}
