package session

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Where sessions rest, outside every workspace:
//
//	PK                     SK           what
//	DOOR#SESSION#<sha256>  SESSION      of the token: a session; expires when it ends
//	DOOR#USER#<identity>   SES#<id>     -> the session's SHA-256; expires after 30 days
const (
	sessionSelf   = "SESSION"
	pointerPrefix = "SES#"
)

type pointer struct {
	Hash string `json:"sha256"`
}

func sessionKey(hash string) table.Key {
	return table.Key{PK: "DOOR#SESSION#" + hash, SK: sessionSelf}
}

func userPartition(identity string) string { return "DOOR#USER#" + identity }

func pointerKey(s *Session) table.Key {
	return table.Key{PK: userPartition(s.Identity), SK: pointerPrefix + s.ID}
}

// isName keeps what separates the parts of a key out of its parts.
func isName(id string) bool {
	return id != "" && len(id) <= 100 && !strings.ContainsFunc(id, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	})
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

// moving returns the ops that give a session another token.
func (s *Service) moving(ctx context.Context, ses *Session, token string, was table.Item) ([]table.Op, error) {
	hash := ident.Hash(token)
	it, err := sessionItem(sessionKey(hash), ses)
	if err != nil {
		return nil, err
	}
	place, err := s.Table.Get(ctx, pointerKey(ses))
	if fault.KindOf(err) == fault.NotFound {
		return nil, ended(err)
	}
	if err != nil {
		return nil, err
	}
	if place.Doc, err = json.Marshal(pointer{hash}); err != nil {
		return nil, err
	}
	return []table.Op{table.Delete(was.Key, was.Version), table.Put(it), table.Put(place)}, nil
}

// behind returns the session that a pointer leads to, or fault.NotFound.
func (s *Service) behind(ctx context.Context, place table.Item) (ses Session, it table.Item, err error) {
	var p pointer
	if err = json.Unmarshal(place.Doc, &p); err != nil {
		return ses, it, err
	}
	if it, err = s.Table.Get(ctx, sessionKey(p.Hash)); err != nil {
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

// end ends the session that a pointer leads to, and removes the pointer; also
// if the session gets another token, or is lengthened, in between.
func (s *Service) end(ctx context.Context, place table.Item) error {
	for {
		ops := []table.Op{table.Delete(place.Key, place.Version)}
		_, it, err := s.behind(ctx, place)
		if err == nil {
			ops = append(ops, table.Delete(it.Key, it.Version))
		} else if fault.KindOf(err) != fault.NotFound {
			return err
		}
		err = s.Table.Write(ctx, ops...)
		if _, raced := errors.AsType[*table.Conflict](err); !raced {
			return err
		}
		place, err = s.Table.Get(ctx, place.Key)
		if fault.KindOf(err) == fault.NotFound {
			return nil // signed out in between
		}
		if err != nil {
			return err
		}
	}
}

// Kinds lists what rests here. None of it moves: whoever is signed in here is
// not signed in at another address, and its links lead nowhere there.
func Kinds() []table.Kind {
	const stays = "people sign in anew where the workspace has moved"
	nobodys := func(table.Item) string { return "" }
	return []table.Kind{
		{Name: "session", PK: "DOOR#SESSION#*", SK: sessionSelf, Owner: nobodys, Stays: stays},
		{Name: "session of a person", PK: "DOOR#USER#*", SK: pointerPrefix + "*", Owner: nobodys, Stays: stays},
	}
}
