package session

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Where sessions and links rest:
//
//	PK                     SK           what
//	DOOR#LINK#<sha256>     LINK         a link that has not been used; expires after 60 minutes
//	DOOR#SESSION#<sha256>  SESSION      a session; expires when it ends
//	WS#w#USR#u             SES#<id>     -> the session's SHA-256; expires after 30 days
const (
	linkSelf      = "LINK"
	sessionSelf   = "SESSION"
	pointerPrefix = "SES#"
)

type link struct {
	Workspace string    `json:"workspace"`
	User      string    `json:"user"`
	Expires   time.Time `json:"expires_at"`
}

type pointer struct {
	Hash string `json:"sha256"`
}

func linkKey(token string) table.Key {
	return table.Key{PK: "DOOR#LINK#" + ident.Hash(token), SK: linkSelf}
}

func sessionKey(hash string) table.Key {
	return table.Key{PK: "DOOR#SESSION#" + hash, SK: sessionSelf}
}

func userPartition(workspace, user string) string { return "WS#" + workspace + "#USR#" + user }

func pointerKey(s *Session) table.Key {
	return table.Key{PK: userPartition(s.Workspace, s.User), SK: pointerPrefix + s.ID}
}

// isName keeps what separates the parts of a key out of its parts.
func isName(id string) bool {
	return id != "" && len(id) <= 100 && !strings.ContainsFunc(id, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	})
}

func linkItem(token string, l link) (table.Item, error) {
	doc, err := json.Marshal(l)
	return table.Item{Key: linkKey(token), Expires: l.Expires, Doc: doc}, err
}

func (s *Service) link(ctx context.Context, token string) (l link, it table.Item, err error) {
	it, err = s.Table.Get(ctx, linkKey(token))
	if fault.KindOf(err) == fault.NotFound {
		return l, it, spent(err)
	}
	if err != nil {
		return l, it, err
	}
	return l, it, json.Unmarshal(it.Doc, &l)
}

func sessionItem(at table.Key, s *Session) (table.Item, error) {
	doc, err := json.Marshal(s)
	return table.Item{Key: at, Expires: s.Ends(), Doc: doc}, err
}

// opening returns the ops that begin a session.
func opening(s *Session, token string) ([]table.Op, error) {
	hash := ident.Hash(token)
	it, err := sessionItem(sessionKey(hash), s)
	if err != nil {
		return nil, err
	}
	doc, err := json.Marshal(pointer{hash})
	place := table.Item{Key: pointerKey(s), Expires: s.Created.Add(Longest), Doc: doc}
	return []table.Op{table.Put(it), table.Put(place)}, err
}

func (s *Service) open(ctx context.Context, token string) (ses Session, it table.Item, err error) {
	it, err = s.Table.Get(ctx, sessionKey(ident.Hash(token)))
	if fault.KindOf(err) == fault.NotFound {
		return ses, it, ended(err)
	}
	if err != nil {
		return ses, it, err
	}
	return ses, it, json.Unmarshal(it.Doc, &ses)
}

// closing returns the ops that end a session.
func (s *Service) closing(ctx context.Context, ses Session, it table.Item) []table.Op {
	ops := []table.Op{table.Delete(it.Key, it.Version)}
	if place, err := s.Table.Get(ctx, pointerKey(&ses)); err == nil {
		ops = append(ops, table.Delete(place.Key, place.Version))
	}
	return ops
}

// end ends the session that a pointer leads to, and removes the pointer.
func (s *Service) end(ctx context.Context, place table.Item) error {
	var p pointer
	if err := json.Unmarshal(place.Doc, &p); err != nil {
		return err
	}
	for {
		ops := []table.Op{table.Delete(place.Key, place.Version)}
		it, err := s.Table.Get(ctx, sessionKey(p.Hash))
		if err == nil {
			ops = append(ops, table.Delete(it.Key, it.Version))
		} else if fault.KindOf(err) != fault.NotFound {
			return err
		}
		err = s.Table.Write(ctx, ops...)
		c, raced := errors.AsType[*table.Conflict](err)
		if raced && c.Op == 0 {
			return nil // signed out in between
		}
		if !raced {
			return err
		}
	}
}

// Kinds lists what rests here. None of it moves: whoever is signed in here is
// not signed in at another address, and its links lead nowhere there.
func Kinds() []table.Kind {
	const stays = "people sign in anew where the workspace has moved"
	return []table.Kind{
		{Name: "sign-in link", PK: "DOOR#LINK#*", SK: linkSelf, Owner: table.Named, Stays: stays},
		{Name: "session", PK: "DOOR#SESSION#*", SK: sessionSelf, Owner: table.Named, Stays: stays},
		{Name: "session of a user", PK: "WS#w#USR#*", SK: pointerPrefix + "*", Stays: stays},
	}
}
