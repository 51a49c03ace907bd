package person

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where people rest, and what points at them. A pointer's document is the
// person's id. Texts are plain (see fold.go), hashes are SHA-256.
//
//	PK                                    SK                          index PK                     index SK
//	WS#w#PER#p                            PERSON                      WS#w#PER#<active|archived>   p
//	WS#w#PER#p                            BLOCK#<ref>                 every block there was
//	WS#w#PER#p                            EXPORT#<ref>                exports as files; they expire
//	WS#w#PER#p                            EVENT#<ref>, AUDIT#<ref>    see outbox, audit
//	WS#w#PERSONEMAIL#<hash>               CLAIM                       archived people keep theirs
//	WS#w#PEOPLE#<active|archived>         <family>!<given>#p          each person once, by name
//	WS#w#PEOPLE#blocked                   <family>!<given>#p          of the active, those who are blocked
//	WS#w#PERSONTAG#<drawer>#<hash>        <family>!<given>#p          those who have a tag
//	WS#w#PERSONNAME#<drawer>              <text>#<n>#p                names in the orders in which they are said
//	WS#w#PERSONSECRET#<drawer>            <text>#<n>#p                e-mail, mobile with and without country code
//	WS#w#PERSONNUMBER                     <text>#<kind>#<document>    numbers of documents: whoever keeps documents writes them
//	WS#w#PERSONMATCH#<attribute>#<hash>   p                           who has this e-mail, phone, name and birthday, address
//
// A person who was merged into another has no pointer and is not in the index;
// the item stays, says where to go on, and keeps what was known under this id.
func personPK(workspace, id string) string { return "WS#" + workspace + "#PER#" + id }

func personKey(workspace, id string) table.Key {
	return table.Key{PK: personPK(workspace, id), SK: "PERSON"}
}

const blockPrefix = "BLOCK#"

func blockKey(workspace, id, ref string) table.Key {
	return table.Key{PK: personPK(workspace, id), SK: blockPrefix + ref}
}

func peopleIndexPK(workspace string, archived bool) string {
	return "WS#" + workspace + "#PER#" + drawer(archived)
}

func namedPK(workspace, drawer string) string { return "WS#" + workspace + "#PEOPLE#" + drawer }

func tagPK(workspace, drawer, tag string) string {
	return "WS#" + workspace + "#PERSONTAG#" + drawer + "#" + hash(strings.ToLower(tag))
}

func namePK(workspace, drawer string) string { return "WS#" + workspace + "#PERSONNAME#" + drawer }

func secretPK(workspace, drawer string) string { return "WS#" + workspace + "#PERSONSECRET#" + drawer }

func numberPK(workspace string) string { return "WS#" + workspace + "#PERSONNUMBER" }

func matchPK(workspace string, m match) string {
	return "WS#" + workspace + "#PERSONMATCH#" + m.attribute + "#" + hash(m.text)
}

func drawer(archived bool) string {
	if archived {
		return "archived"
	}
	return "active"
}

func emailKey(workspace, email string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#PERSONEMAIL#" + hash(strings.ToLower(email)), SK: "CLAIM"}
}

func hash(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }

// pointers lists the items that there must be because p is as it is.
func (p *Person) pointers() []table.Key {
	if p == nil || p.MergedInto != "" {
		return nil
	}
	in, place := drawer(p.State() == Archived), p.inOrder()+"#"+p.ID
	keys := []table.Key{{PK: namedPK(p.Workspace, in), SK: place}}
	if p.State() == Blocked {
		keys = append(keys, table.Key{PK: namedPK(p.Workspace, "blocked"), SK: place})
	}
	if p.Email != "" {
		keys = append(keys, emailKey(p.Workspace, p.Email))
	}
	for _, tag := range p.Tags {
		if k := (table.Key{PK: tagPK(p.Workspace, in, tag), SK: place}); !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	for n, text := range p.names() {
		keys = append(keys, table.Key{PK: namePK(p.Workspace, in), SK: fmt.Sprintf("%s#%d#%s", text, n, p.ID)})
	}
	for n, text := range p.secrets() {
		keys = append(keys, table.Key{PK: secretPK(p.Workspace, in), SK: fmt.Sprintf("%s#%d#%s", text, n, p.ID)})
	}
	for _, m := range p.matches() {
		keys = append(keys, table.Key{PK: matchPK(p.Workspace, m), SK: p.ID})
	}
	return keys
}

// held is the version at which p's pointer k rests: 1, except of a claim that
// came to p in a merge.
func (p *Person) held(k table.Key) int64 {
	if p.Claim > 1 && k == emailKey(p.Workspace, p.Email) {
		return p.Claim
	}
	return 1
}

// record reads what rests under an id, merged or not.
func (s *Service) record(ctx context.Context, workspace, id string) (*Person, error) {
	it, err := s.Table.Get(ctx, personKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, "person.not_found", "There is no such person here.")
	}
	if err != nil {
		return nil, err
	}
	return readPerson(it)
}

// load reads the person to whom an id leads. Another workspace's is not found.
func (s *Service) load(ctx context.Context, workspace, id string) (*Person, error) {
	for {
		p, err := s.record(ctx, workspace, id)
		if err != nil || p.MergedInto == "" {
			return p, err
		}
		id = p.MergedInto
	}
}

func readPerson(it table.Item) (*Person, error) {
	p := &Person{Version: it.Version}
	if err := json.Unmarshal(it.Doc, p); err != nil {
		return nil, fmt.Errorf("person: person at %s: %w", it.Key.PK, err)
	}
	p.was = p.snapshot()
	return p, nil
}

// put returns the op that stores p, which was at the version before. Whoever
// closed p to delete or anonymise them has lost.
func (p *Person) put() (table.Op, error) { return p.stored(false) }

func (p *Person) stored(closing bool) (table.Op, error) {
	p.Closing = closing
	doc, err := json.Marshal(p)
	it := table.Item{Key: personKey(p.Workspace, p.ID), Version: p.Version - 1, Doc: doc}
	if p.MergedInto == "" {
		it.Index = table.Key{PK: peopleIndexPK(p.Workspace, p.State() == Archived), SK: p.ID}
	}
	return table.Put(it), err
}

// save stores what changed of p, with its pointers, its news and an audit
// entry, and any other ops that must hold for the change to be true. Without
// news there is nothing to store.
func (s *Service) save(ctx context.Context, actor access.Actor, p *Person, also ...table.Op) error {
	if len(p.news) == 0 {
		return nil
	}
	if p.was != nil && !strings.EqualFold(p.Email, p.was.Email) {
		p.Claim = 0
		p.moved(p.was)
	}
	put, err := p.put()
	if err != nil {
		return err
	}
	told, err := s.tellOps(ctx, actor, p.story())
	if err != nil {
		return err
	}
	ops := slices.Concat([]table.Op{put}, repoint([]*Person{p.was}, p), told, also)
	if err := s.Table.Write(ctx, ops...); err != nil {
		return s.explain(ctx, p, err)
	}
	return nil
}

// repoint moves the pointers of those who were to where they have to be of the
// one who is. What is passed on in a merge counts one version up.
func repoint(were []*Person, is *Person) (ops []table.Op) {
	now := is.pointers()
	var kept []table.Key
	for _, was := range were {
		for _, k := range was.pointers() {
			switch {
			case !slices.Contains(now, k):
				ops = append(ops, table.Delete(k, was.held(k)))
			case was.ID != is.ID:
				is.Claim = was.held(k) + 1
				ops = append(ops, table.Put(table.Item{Key: k, Version: was.held(k), Doc: json.RawMessage(`"` + is.ID + `"`)}))
				kept = append(kept, k)
			default:
				kept = append(kept, k)
			}
		}
	}
	for _, k := range now {
		if !slices.Contains(kept, k) {
			ops = append(ops, table.Put(table.Item{Key: k, Doc: json.RawMessage(`"` + is.ID + `"`)}))
		}
	}
	return ops
}

// explain puts a refused write into words: which rule it would have broken.
func (s *Service) explain(ctx context.Context, p *Person, err error) error {
	clash, ok := errors.AsType[*table.Conflict](err)
	if !ok || p.Email == "" || clash.Key != emailKey(p.Workspace, p.Email) {
		return err
	}
	it, err := s.Table.Get(ctx, clash.Key)
	if err != nil {
		return fault.New(fault.Conflict, "person.email_taken", "Another person had this e-mail address a moment ago. Try again.").At("email")
	}
	return fault.New(fault.Conflict, "person.email_taken", "The person %s has this e-mail address. If they are the same, merge them; otherwise correct one of them.", pointed(it)).At("email")
}

func pointed(it table.Item) string { return strings.Trim(string(it.Doc), `"`) }

func (p *Person) story() story {
	return story{pk: personPK(p.Workspace, p.ID), news: p.news, at: p.Updated, object: audit.Object{Type: "person", ID: p.ID}, from: p.was, to: p}
}
