package document

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// linkLife is how long an upload link lets somebody in.
const linkLife = 7 * 24 * time.Hour

// Pass is an upload link as it is given away, once.
type Pass struct {
	URL   string
	Path  string // of URL
	Until time.Time
}

// link is a door as it rests, under the hash of its token.
type link struct {
	Workspace string    `json:"workspace"`
	Owner     Owner     `json:"owner"`
	Documents []string  `json:"documents"` // what can still be handed in over it
	Until     time.Time `json:"until"`
}

// pass makes a link over which these documents can be handed in.
func (s *Service) pass(workspace string, o Owner, ids []string, at time.Time) (Pass, table.Op, error) {
	token := s.NewToken()
	l := link{workspace, o, ids, at.Add(linkLife)}
	doc, err := json.Marshal(l)
	op := table.Put(table.Item{Key: linkKey(ident.Hash(token)), Expires: l.Until, Doc: doc})
	path := "/upload/" + token
	return Pass{s.BaseURL + path, path, l.Until}, op, err
}

// Wanted is all that the holder of a link learns of a document.
type Wanted struct {
	Type    string
	Message string
	Sides   []string
	Dated   bool // its last day must be given
}

// Opening is what a link lets its holder see.
type Opening struct {
	Workspace string
	Until     time.Time
	Wanted    []Wanted
}

// noLink is the one answer to every token that opens nothing, whatever the
// reason, so that nobody learns anything by asking.
func noLink() error {
	return fault.New(fault.NotFound, "link.not_found", "This link does not work, or does not work any more. Ask for a new one.")
}

func (s *Service) open(ctx context.Context, token string, at time.Time) (l link, version int64, docs []*Document, err error) {
	version, err = s.stored(ctx, linkKey(ident.Hash(token)), &l)
	if err != nil {
		return l, 0, nil, err
	}
	if version == 0 || !at.Before(l.Until) {
		return l, 0, nil, noLink()
	}
	for _, id := range l.Documents {
		d, err := s.load(ctx, access.System(l.Workspace), id)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return l, 0, nil, err
		}
		if err == nil {
			docs = append(docs, d)
		}
	}
	if len(docs) == 0 {
		return l, 0, nil, noLink()
	}
	return l, version, docs, nil
}

// Open says what a link asks for: types, messages and sides, and nothing of
// whom, nor of what was handed in before.
func (s *Service) Open(ctx context.Context, token string, at time.Time) (Opening, error) {
	l, _, docs, err := s.open(ctx, token, at)
	o := Opening{Workspace: l.Workspace, Until: l.Until}
	for _, d := range docs {
		o.Wanted = append(o.Wanted, Wanted{d.Type, d.Asked.Message, d.Asked.Sides, !slices.Contains(undated, d.Type)})
	}
	if err != nil {
		return Opening{}, err
	}
	return o, nil
}

// Upload is a file as it came over a link.
type Upload struct {
	Side    string
	Name    string
	Content []byte
}

// HandIn takes the nth of the documents that a link asks for, from 0. The link
// asks for it no more.
func (s *Service) HandIn(ctx context.Context, token string, n int, say Details, uploads []Upload, at time.Time) error {
	l, version, docs, err := s.open(ctx, token, at)
	if err != nil {
		return err
	}
	if n < 0 || n >= len(docs) {
		return fault.New(fault.Conflict, "link.done", "This was handed in already.")
	}
	d := docs[n]
	if err := complete(d, uploads); err != nil {
		return err
	}
	say.Files = nil
	if err := say.Check(d.Type, true, at); err != nil {
		return err
	}
	actor := access.Actor{Kind: "system", Name: "Upload link", Workspace: l.Workspace}
	if say.Files, err = s.Keep(ctx, actor, uploads, at); err != nil {
		return err
	}
	if err := d.Submit(say, actor, at); err != nil {
		return err
	}
	ops, err := s.ops(ctx, actor, d)
	if err != nil {
		return err
	}
	l.Documents = slices.DeleteFunc(l.Documents, func(id string) bool { return id == d.ID })
	rest, err := l.op(token, version)
	if err != nil {
		return err
	}
	err = s.Table.Write(ctx, append(ops, rest)...)
	if _, raced := errors.AsType[*table.Conflict](err); raced {
		return fault.New(fault.Conflict, "link.busy", "This was handed in twice at the same time. Reload the page to see what is still missing.").Because(err)
	}
	return err
}

// Keep stores files that came over a form, for a document to name. What is
// never named by one is swept away.
func (s *Service) Keep(ctx context.Context, by access.Actor, uploads []Upload, at time.Time) (files []File, err error) {
	if len(uploads) > 0 && s.Files == nil {
		return nil, fault.New(fault.Unavailable, "document.files", "Files cannot be taken here at the moment. Try again later.")
	}
	for _, u := range uploads {
		id, err := s.Files.Keep(ctx, by, u.Name, u.Content, at)
		if err != nil {
			return nil, err
		}
		files = append(files, File{id, u.Side})
	}
	return files, nil
}

// op stores what is left of a link, or removes it.
func (l link) op(token string, version int64) (table.Op, error) {
	k := linkKey(ident.Hash(token))
	if len(l.Documents) == 0 {
		return table.Delete(k, version), nil
	}
	doc, err := json.Marshal(l)
	return table.Put(table.Item{Key: k, Version: version, Expires: l.Until, Doc: doc}), err
}

// complete reports whether there is a file for each side that was asked for.
func complete(d *Document, uploads []Upload) error {
	wanted := d.Asked.Sides
	if len(wanted) == 0 {
		wanted = sides[:1]
	}
	for _, side := range wanted {
		if !slices.ContainsFunc(uploads, func(u Upload) bool { return u.Side == side && len(u.Content) > 0 }) {
			return fault.New(fault.Invalid, "document.files", "Choose a file for the %s.", side).At(side)
		}
	}
	return nil
}

func fileField(i int) string { return fmt.Sprintf("files[%d].attachment", i) }

// Title is what people call a type of document.
func Title(typ string) string { return strings.ReplaceAll(typ, "_", " ") }
